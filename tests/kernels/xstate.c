// Lets user-mode Linux 6.1 run where the processor has more state than it knows of (AMX: since 2023).
//
// It hands PTRACE_SETREGSET the 2,696 bytes of NT_X86_XSTATE that it knows. The kernel below takes all of that state or
// none (EFAULT, arch/x86/kernel/fpu/regset.c), and the first process dies. So the rest is added: what is there already.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

typedef long call(enum __ptrace_request, pid_t, void *, void *);

long ptrace(enum __ptrace_request request, ...) {
    static call *next;
    if (!next) next = (call *)dlsym(RTLD_NEXT, "ptrace");
    va_list arguments;
    va_start(arguments, request);
    pid_t pid = va_arg(arguments, pid_t);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);
    if (request == PTRACE_SETREGSET && (uintptr_t)address == NT_X86_XSTATE) {
        // User-mode Linux calls from one thread.
        static char state[64 * 1024];
        struct iovec *given = data, all = {state, sizeof state};
        if (next(PTRACE_GETREGSET, pid, address, &all) == 0 && all.iov_len > given->iov_len) {
            memcpy(state, given->iov_base, given->iov_len);
            return next(request, pid, address, &all);
        }
    }
    return next(request, pid, address, data);
}
