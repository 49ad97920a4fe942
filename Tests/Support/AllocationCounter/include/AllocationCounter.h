/// Counts what the calling thread asks of the heap, by standing in for malloc and its kin in the executable it is
/// linked into.
#pragma once

/// Blocks of memory this thread has asked for since it started.
long assay_allocation_count(void);
