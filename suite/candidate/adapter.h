/* adapter.h: what a procedure that cannot be tried by messages alone tells MMIO CTS. Plain C, needs no other header.
 *
 * Some procedures need C code around them: a pointer in adwInfo before OPEN, a store that is no file, a way to fail
 * on demand. An adapter is a few functions that provide just that. The candidate's own library may export them, or a
 * library of their own (`"adapter"` in the manifest). All are optional, and each brings what it says:
 *
 *   mmio_cts_prepare_open   files can be opened that need something in MMIOINFO or another name than the case's
 *   mmio_cts_put            the store can be given contents without the procedure
 *   mmio_cts_view           the store can be looked at without the procedure
 *   mmio_cts_fail_next      operations of the store can be made to fail
 *   mmio_cts_clean_up       what the others left behind is taken away at the end of a case
 *
 * Names of files are those of the case, e.g. "new.dat": an adapter may keep its own table of them. Every function is
 * called in the process that has the procedure loaded, on the thread that sends the messages, never while a message is
 * being answered, and with the C calling convention (cdecl) on every ABI; exports are undecorated. None may throw.
 * Sizes are in bytes. The working directory is the case's own, empty at its begin.
 */
#ifndef MMIO_CTS_ADAPTER_H
#define MMIO_CTS_ADAPTER_H

/* The library must export them, each under its name, as it does the procedure: in a .def file or a version script, by
 * the linker's default, or by what is defined here before this header is included: __declspec(dllexport). */
#ifndef MMIO_CTS_ADAPTER_EXPORT
#define MMIO_CTS_ADAPTER_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Answers of mmio_cts_prepare_open. */
#define MMIO_CTS_SEND_NAME 0  /* OPEN is sent with the name in sent_name */
#define MMIO_CTS_SEND_NULL 1  /* OPEN is sent with NULL for a name */
#define MMIO_CTS_CANNOT (-1)  /* this cannot be had; the case is skipped. Of the other functions, too */

/* Answer of mmio_cts_view: there is no file of that name. */
#define MMIO_CTS_NO_SUCH_FILE (-2)

/* Before each OPEN of a case, MMIO_DELETE included. `lpmmioinfo` is the MMIOINFO that the procedure will get: zeroed,
 * but for dwFlags, fccIOProc and hmmio; what is to be changed is adwInfo. `sent_name` has room for `room` bytes and
 * holds what is to be sent, with a final zero: `name`, or what the manifest makes of it (empty for NULL); it may be
 * changed. A file that is not there is to be opened all the same: the procedure's answer to that is judged. Answers
 * one of the three values above. */
MMIO_CTS_ADAPTER_EXPORT int mmio_cts_prepare_open(const char* name, char* lpmmioinfo, char* sent_name, int room);

/* Makes the file `name` hold exactly `size` bytes from `data`, whether it was there or not; with `data` NULL there is
 * no such file afterwards. Not called while the file is open. Answers 0 or MMIO_CTS_CANNOT. */
MMIO_CTS_ADAPTER_EXPORT int mmio_cts_put(const char* name, const void* data, int size);

/* What the store holds of `name`, though it may be open: not what the procedure still keeps in buffers. Copies the
 * first `room` bytes at most to `data`, which may be NULL if `room` is 0. Answers the size of the file,
 * MMIO_CTS_NO_SUCH_FILE, or MMIO_CTS_CANNOT if it cannot be told now. */
MMIO_CTS_ADAPTER_EXPORT int mmio_cts_view(const char* name, void* data, int room);

/* The next `times` operations on the store of `name` that the message `message` (MMIOM_READ 0, MMIOM_WRITE 1,
 * MMIOM_SEEK 2, MMIOM_OPEN 3, MMIOM_CLOSE 4, MMIOM_WRITEFLUSH 5, MMIOM_RENAME 6) needs fail, as they do where a disk
 * is full or broken; -1: all from now on. MMIOM_WRITE stands for MMIOM_WRITEFLUSH as well. Answers 0, or
 * MMIO_CTS_CANNOT where that message cannot be made to fail. */
MMIO_CTS_ADAPTER_EXPORT int mmio_cts_fail_next(const char* name, unsigned message, int times);

/* After a case: everything is as if nothing had ever been opened. Files that are still open need not be closed. */
MMIO_CTS_ADAPTER_EXPORT void mmio_cts_clean_up(void);

#ifdef __cplusplus
}
#endif

#endif
