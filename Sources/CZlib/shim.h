// The system's own zlib, as it is.
#include <zlib.h>
