/* The part of <mmsystem.h> that concerns I/O procedures, for systems that have none.
 *
 * Widths follow Windows (requirements ABI-01, ABI-08, ABI-09): LONG and DWORD have 32 bits, LPARAM and
 * LRESULT are as wide as a pointer, and MMIOINFO is packed to one byte: 72 bytes with 32-bit pointers,
 * 100 bytes with 64-bit pointers. */
#ifndef MMIO_CTS_CONTRACT_MMSYSTEM_LINUX_H
#define MMIO_CTS_CONTRACT_MMSYSTEM_LINUX_H

#include <stdint.h>

#define CALLBACK

typedef char* LPSTR;
typedef const char* LPCSTR;
typedef char* HPSTR;
typedef uint32_t UINT;
typedef uint32_t DWORD;
typedef int32_t LONG;
typedef intptr_t LPARAM;
typedef intptr_t LRESULT;
typedef DWORD FOURCC;
typedef UINT MMRESULT;
typedef void* HTASK;
typedef void* HMMIO;

typedef LRESULT(CALLBACK* LPMMIOPROC)(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);

#pragma pack(push, 1)
typedef struct {
  DWORD dwFlags;
  FOURCC fccIOProc;
  LPMMIOPROC pIOProc;
  UINT wErrorRet;
  HTASK htask;
  LONG cchBuffer;
  HPSTR pchBuffer;
  HPSTR pchNext;
  HPSTR pchEndRead;
  HPSTR pchEndWrite;
  LONG lBufOffset;
  LONG lDiskOffset;
  DWORD adwInfo[3];
  DWORD dwReserved1;
  DWORD dwReserved2;
  HMMIO hmmio;
} MMIOINFO;
#pragma pack(pop)
typedef MMIOINFO* LPMMIOINFO;

/* Messages (requirement ABI-12). */
#define MMIOM_READ 0u
#define MMIOM_WRITE 1u
#define MMIOM_SEEK 2u
#define MMIOM_OPEN 3u
#define MMIOM_CLOSE 4u
#define MMIOM_WRITEFLUSH 5u
#define MMIOM_RENAME 6u
#define MMIOM_USER 0x8000u

/* Flags of mmioOpen as they reach the procedure in MMIOINFO.dwFlags (requirements FL-01 to FL-15). */
#define MMIO_READ 0x00000000u
#define MMIO_WRITE 0x00000001u
#define MMIO_READWRITE 0x00000002u
#define MMIO_RWMODE 0x00000003u
#define MMIO_COMPAT 0x00000000u
#define MMIO_EXCLUSIVE 0x00000010u
#define MMIO_DENYWRITE 0x00000020u
#define MMIO_DENYREAD 0x00000030u
#define MMIO_DENYNONE 0x00000040u
#define MMIO_SHAREMODE 0x00000070u
#define MMIO_PARSE 0x00000100u
#define MMIO_DELETE 0x00000200u
#define MMIO_CREATE 0x00001000u
#define MMIO_EXIST 0x00004000u
#define MMIO_ALLOCBUF 0x00010000u
#define MMIO_GETTEMP 0x00020000u
#define MMIO_DIRTY 0x10000000u
/* Flag of mmioClose, handed to the procedure in lParam1 of MMIOM_CLOSE (requirement CL-02). */
#define MMIO_FHOPEN 0x0010u

/* Error codes of OPEN, CLOSE and RENAME (requirements OP-27, EC-01). */
#define MMSYSERR_NOERROR 0u
#define MMSYSERR_ERROR 1u
#define MMSYSERR_INVALHANDLE 5u
#define MMSYSERR_NOMEM 7u
#define MMSYSERR_INVALPARAM 11u
#define MMIOERR_BASE 256u
#define MMIOERR_FILENOTFOUND 257u
#define MMIOERR_OUTOFMEMORY 258u
#define MMIOERR_CANNOTOPEN 259u
#define MMIOERR_CANNOTCLOSE 260u
#define MMIOERR_CANNOTREAD 261u
#define MMIOERR_CANNOTWRITE 262u
#define MMIOERR_CANNOTSEEK 263u
#define MMIOERR_CANNOTEXPAND 264u
#define MMIOERR_CHUNKNOTFOUND 265u
#define MMIOERR_UNBUFFERED 266u
#define MMIOERR_PATHNOTFOUND 267u
#define MMIOERR_ACCESSDENIED 268u
#define MMIOERR_SHARINGVIOLATION 269u
#define MMIOERR_NETWORKERROR 270u
#define MMIOERR_TOOMANYOPENFILES 271u
#define MMIOERR_INVALIDFILE 272u

/* Origins of MMIOM_SEEK; guarded because <stdio.h> and <unistd.h> declare the same values. */
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

#endif
