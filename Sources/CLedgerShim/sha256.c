#include "CLedgerShim.h"

#include <string.h>

/* SHA-256 (FIPS 180-4) by the processor's own instructions. Where there are none, nothing here is called. */

static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static void big_endian_of(const uint32_t *words, uint8_t *bytes) {
  for (int i = 0; i < 8; i++) {
    uint32_t word = __builtin_bswap32(words[i]);
    memcpy(bytes + 4 * i, &word, 4);
  }
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

int ledger_sha256_is_fast(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  int has_sse = (c & bit_SSSE3) && (c & bit_SSE4_1);
  if (!has_sse || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  return (b >> 29) & 1;
}

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* The state as the instructions want it: (a b e f) and (c d g h), highest first. */
typedef struct {
  __m128i abef, cdgh;
} lane;

#define BY_INSTRUCTIONS __attribute__((target("sha,sse4.1")))

BY_INSTRUCTIONS static inline lane lane_of(const uint32_t *words) {
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)words), 0xB1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(words + 4)), 0x1B);
  lane found = {_mm_alignr_epi8(low, high, 8), _mm_blend_epi16(high, low, 0xF0)};
  return found;
}

BY_INSTRUCTIONS static inline void words_of(lane from, uint32_t *words) {
  __m128i low = _mm_shuffle_epi32(from.abef, 0x1B);
  __m128i high = _mm_shuffle_epi32(from.cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)words, _mm_blend_epi16(low, high, 0xF0));
  _mm_storeu_si128((__m128i *)(words + 4), _mm_alignr_epi8(high, low, 8));
}

/* One block of each of some hashes, in step: what one waits for, another's fills. */
BY_INSTRUCTIONS __attribute__((always_inline)) static inline void block_of(
    lane *lanes, const uint8_t *const *bytes, int count) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  lane before[2];
  __m128i w[2][4];
  for (int n = 0; n < count; n++) {
    before[n] = lanes[n];
    for (int i = 0; i < 4; i++) {
      w[n][i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes[n] + 16 * i)), big_endian);
    }
  }
#pragma unroll
  for (int i = 0; i < 16; i++) {
    const __m128i constant = _mm_loadu_si128((const __m128i *)(constants + 4 * i));
    for (int n = 0; n < count; n++) {
      __m128i *v = w[n];
      __m128i k = _mm_add_epi32(v[i & 3], constant);
      lanes[n].cdgh = _mm_sha256rnds2_epu32(lanes[n].cdgh, lanes[n].abef, k);
      lanes[n].abef = _mm_sha256rnds2_epu32(lanes[n].abef, lanes[n].cdgh, _mm_shuffle_epi32(k, 0x0E));
      if (i < 12) {
        __m128i next = _mm_sha256msg1_epu32(v[i & 3], v[(i + 1) & 3]);
        next = _mm_add_epi32(next, _mm_alignr_epi8(v[(i + 3) & 3], v[(i + 2) & 3], 4));
        v[i & 3] = _mm_sha256msg2_epu32(next, v[(i + 3) & 3]);
      }
    }
  }
  for (int n = 0; n < count; n++) {
    lanes[n].abef = _mm_add_epi32(lanes[n].abef, before[n].abef);
    lanes[n].cdgh = _mm_add_epi32(lanes[n].cdgh, before[n].cdgh);
  }
}

BY_INSTRUCTIONS static void compress(uint32_t *words, const uint8_t *bytes, size_t blocks) {
  lane one = lane_of(words);
  for (; blocks > 0; blocks--, bytes += 64) block_of(&one, &bytes, 1);
  words_of(one, words);
}

BY_INSTRUCTIONS void ledger_sha256_nodes(const void *children, void *parents, size_t count) {
  /* 1, the two children, and the padding of 65 bytes. */
  uint8_t messages[2][128] = {{1}, {1}};
  for (int n = 0; n < 2; n++) {
    messages[n][65] = 0x80;
    messages[n][126] = 65 * 8 >> 8;
    messages[n][127] = 65 * 8 & 255;
  }
  const uint8_t *from = children;
  uint8_t *to = parents;
  for (size_t done = 0; done < count; done += 2) {
    int pair = count - done > 1 ? 2 : 1;
    lane lanes[2] = {lane_of(first), lane_of(first)};
    const uint8_t *blocks[2] = {messages[0], messages[1]};
    for (int n = 0; n < pair; n++) memcpy(messages[n] + 1, from + 64 * (done + n), 64);
    block_of(lanes, blocks, 2);
    blocks[0] += 64, blocks[1] += 64;
    block_of(lanes, blocks, 2);
    for (int n = 0; n < pair; n++) {
      uint32_t words[8];
      words_of(lanes[n], words);
      big_endian_of(words, to + 32 * (done + n));
    }
  }
}
/* A message in blocks: the last one or two are put together here, with a byte before it the first one too;
   those between lie in the message. */
typedef struct {
  const uint8_t *message;
  size_t before, blocks, last;
  uint8_t ends[3][64];
} framed;

static void frame(framed *one, int prefix, const uint8_t *bytes, const size_t *bounds) {
  const uint8_t *message = bytes + bounds[0];
  size_t count = bounds[1] - bounds[0];
  size_t before = prefix < 0 ? 0 : 1;
  size_t rest = (count + before) % 64;
  size_t tail = rest < 56 ? 1 : 2;
  one->message = message;
  one->before = before;
  one->last = (count + before) / 64;
  one->blocks = one->last + tail;
  memset(one->ends[1], 0, 64);
  if (tail == 2) memset(one->ends[2], 0, 64);
  uint8_t *start = one->ends[one->last > 0 ? 0 : 1];
  if (before > 0) start[0] = (uint8_t)prefix;
  if (one->last > 0) {
    memcpy(start + before, message, 64 - before);
    memcpy(one->ends[1], message + count - rest, rest);
  } else if (count > 0) {
    memcpy(start + before, message, count);
  }
  one->ends[1][rest] = 0x80;
  uint64_t bits = __builtin_bswap64((uint64_t)(count + before) * 8);
  memcpy(one->ends[tail] + 56, &bits, 8);
}

static inline const uint8_t *block_at(const framed *one, size_t index) {
  if (index >= one->last) return one->ends[1 + index - one->last];
  return index == 0 ? one->ends[0] : one->message + 64 * index - one->before;
}

/* The message that a lane is at, and how far. */
typedef struct {
  framed message;
  size_t number, next;
} place;

BY_INSTRUCTIONS static lane begin(
    place *place, int prefix, const uint8_t *bytes, const size_t *bounds, size_t number) {
  place->number = number;
  place->next = 0;
  frame(&place->message, prefix, bytes, bounds + 2 * number);
  return lane_of(first);
}

BY_INSTRUCTIONS static void finish(lane lane, size_t number, uint8_t *digests) {
  uint32_t words[8];
  words_of(lane, words);
  big_endian_of(words, digests + 32 * number);
}

BY_INSTRUCTIONS void ledger_sha256_many(
    int prefix, const void *bytes, const size_t *bounds, size_t count, void *digests) {
  place places[2];
  lane lanes[2];
  size_t taken = 0;
  int used = 0;
  for (; used < 2 && taken < count; used++) lanes[used] = begin(&places[used], prefix, bytes, bounds, taken++);
  /* In step until one of two ends; the next message then takes its lane. */
  while (used == 2) {
    size_t rest[2];
    for (int n = 0; n < 2; n++) rest[n] = places[n].message.blocks - places[n].next;
    size_t steps = rest[0] < rest[1] ? rest[0] : rest[1];
    for (size_t i = 0; i < steps; i++) {
      const uint8_t *blocks[2];
      for (int n = 0; n < 2; n++) blocks[n] = block_at(&places[n].message, places[n].next++);
      block_of(lanes, blocks, 2);
    }
    for (int n = 1; n >= 0; n--) {
      if (rest[n] > steps) continue;
      finish(lanes[n], places[n].number, digests);
      if (taken < count) {
        lanes[n] = begin(&places[n], prefix, bytes, bounds, taken++);
      } else if (--used > n) {
        places[n] = places[used];
        lanes[n] = lanes[used];
      }
    }
  }
  if (used == 0) return;
  while (places[0].next < places[0].message.blocks) {
    const uint8_t *block = block_at(&places[0].message, places[0].next++);
    block_of(lanes, &block, 1);
  }
  finish(lanes[0], places[0].number, digests);
}
#else
int ledger_sha256_is_fast(void) { return 0; }
void ledger_sha256_many(
    int prefix, const void *bytes, const size_t *bounds, size_t count, void *digests) {
  (void)prefix, (void)bytes, (void)bounds, (void)count, (void)digests;
  __builtin_trap();
}
static void compress(uint32_t *words, const uint8_t *bytes, size_t blocks) {
  (void)words, (void)bytes, (void)blocks;
  __builtin_trap();
}
void ledger_sha256_nodes(const void *children, void *parents, size_t count) {
  (void)children, (void)parents, (void)count;
  __builtin_trap();
}
#endif

void ledger_sha256_begin(ledger_sha256 *hash) {
  memcpy(hash->words, first, sizeof first);
  hash->length = 0;
}

void ledger_sha256_add(ledger_sha256 *hash, const void *bytes, size_t count) {
  const uint8_t *rest = bytes;
  size_t held = hash->length % 64;
  if (count == 0) return;
  hash->length += count;
  if (held > 0) {
    size_t room = 64 - held;
    if (count < room) {
      memcpy(hash->block + held, rest, count);
      return;
    }
    memcpy(hash->block + held, rest, room);
    compress(hash->words, hash->block, 1);
    rest += room;
    count -= room;
  }
  if (count >= 64) {
    compress(hash->words, rest, count / 64);
    rest += count / 64 * 64;
    count %= 64;
  }
  memcpy(hash->block, rest, count);
}

void ledger_sha256_end(ledger_sha256 *hash, void *digest) {
  uint64_t bits = hash->length * 8;
  size_t held = hash->length % 64;
  hash->block[held++] = 0x80;
  if (held > 56) {
    memset(hash->block + held, 0, 64 - held);
    compress(hash->words, hash->block, 1);
    held = 0;
  }
  memset(hash->block + held, 0, 56 - held);
  bits = __builtin_bswap64(bits);
  memcpy(hash->block + 56, &bits, 8);
  compress(hash->words, hash->block, 1);
  big_endian_of(hash->words, digest);
}
