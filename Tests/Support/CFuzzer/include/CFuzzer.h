#include <stddef.h>
#include <stdint.h>

/* libFuzzer's loop, which comes with the compiler's sanitizer of that name. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *bytes, size_t count));
