/* The least that a case in a process of its own can cost, measured in a program that has next to no memory to
   copy in a fork: so it is C, and includes nothing that the work itself does not need.
   bare_case_for_benchmark.h runs it.

   Requests come on standard input, PATH_MAX bytes each: a library, and behind its zero a folder, which may be
   empty. To each it answers how many nanoseconds that took, as an int64_t on standard output; -1 if it
   failed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int write_file(const char* path) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) return 0;
  return write(file, "data", 4) == 4 && close(file) == 0;
}

/* fork, dlopen, exit, wait; with a folder also mkdir, a file in it, rmdir. */
static int perform(const char* library, const char* folder) {
  char file[PATH_MAX + 8];
  int has_folder = *folder != 0;
  if (has_folder && mkdir(folder, 0700) != 0) return 0;
  strcat(strcpy(file, folder), "/file");
  pid_t pid = fork();
  if (pid == 0) _exit(dlopen(library, RTLD_NOW) == NULL || (has_folder && !write_file(file)));
  int status = 0;
  int is_right = pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
  return is_right && (!has_folder || (unlink(file) == 0 && rmdir(folder) == 0));
}

int main(void) {
  static char request[PATH_MAX];
  while (read(0, request, sizeof request) == sizeof request) {
    const int64_t start = now();
    const int is_right = perform(request, request + strlen(request) + 1);
    const int64_t took = is_right ? now() - start : -1;
    if (write(1, &took, sizeof took) != sizeof took) return 1;
  }
  return 0;
}
