#include "lint/python/parse_memory.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <vector>

namespace trainlint {

namespace {

// A block is a header of eight bytes, its class, and what the caller gets. Classes go by sixteen
// bytes up to `largest_small`, by powers of two above. A freed block waits in its class's list.
// Blocks are aligned to eight bytes, which is all that tree-sitter's structures need.
constexpr size_t header_size = 8;
constexpr size_t step = 16;
constexpr size_t largest_small = 1024;
constexpr size_t small_classes = largest_small / step;
constexpr size_t classes = small_classes + 64;
constexpr size_t first_chunk = size_t{1} << 18;
constexpr size_t largest_chunk = size_t{1} << 23;
// What one thread keeps for its next file.
constexpr size_t most_kept = size_t{1} << 22;

struct FreeBlock {
  FreeBlock* next;
};

size_t class_of(size_t size) {
  if (size <= largest_small) return size == 0 ? 0 : (size - 1) / step;
  return small_classes + std::bit_width(size - 1);
}

size_t size_of_class(size_t block_class) {
  if (block_class < small_classes) return (block_class + 1) * step;
  return size_t{1} << (block_class - small_classes);
}

[[noreturn]] void out_of_memory(size_t size) {
  // As tree-sitter's own allocator does: it has no way to report it.
  std::fprintf(stderr, "trainlint: no memory for %zu bytes\n", size);
  std::abort();
}

class Pool {
 public:
  void* allocate(size_t size) {
    size_t block_class = class_of(size);
    if (FreeBlock* block = free_[block_class]) {
      free_[block_class] = block->next;
      return block;
    }
    size_t taken = header_size + size_of_class(block_class);
    if (static_cast<size_t>(end_ - next_) < taken) add_chunk(taken);
    char* block = next_ + header_size;
    next_ += taken;
    uint64_t header = block_class;
    std::memcpy(block - header_size, &header, sizeof header);
    return block;
  }

  void release(void* block) {
    if (!block) return;
    auto* freed = static_cast<FreeBlock*>(block);
    size_t block_class = stored_class(block);
    freed->next = free_[block_class];
    free_[block_class] = freed;
  }

  void* grow(void* block, size_t size) {
    if (!block) return allocate(size);
    size_t held = size_of_class(stored_class(block));
    if (size <= held) return block;
    void* grown = allocate(size);
    std::memcpy(grown, block, held);
    release(block);
    return grown;
  }

  size_t taken() const { return taken_; }

  // Keeps one chunk of an ordinary size for the next file.
  void clear() {
    for (FreeBlock*& list : free_) list = nullptr;
    if (chunk_size_ > most_kept) {
      chunks_.clear();
      chunk_size_ = 0;
    } else if (chunks_.size() > 1) {
      chunks_.erase(chunks_.begin(), chunks_.end() - 1);
    }
    next_ = chunks_.empty() ? nullptr : chunks_.back().get();
    end_ = next_ + chunk_size_;
    taken_ = chunk_size_;
  }

 private:
  static size_t stored_class(const void* block) {
    uint64_t header = 0;
    std::memcpy(&header, static_cast<const char*>(block) - header_size, sizeof header);
    return header;
  }

  void add_chunk(size_t least) {
    chunk_size_ = std::clamp(chunk_size_ * 2, first_chunk, largest_chunk);
    if (chunk_size_ < least) chunk_size_ = least;
    chunks_.emplace_back(static_cast<char*>(std::malloc(chunk_size_)));
    next_ = chunks_.back().get();
    if (!next_) out_of_memory(chunk_size_);
    end_ = next_ + chunk_size_;
    taken_ += chunk_size_;
  }

  struct FreeChunk {
    void operator()(char* chunk) const noexcept { std::free(chunk); }
  };
  FreeBlock* free_[classes] = {};
  char* next_ = nullptr;
  char* end_ = nullptr;
  size_t chunk_size_ = 0;  // of the last one
  size_t taken_ = 0;       // bytes of all chunks
  std::vector<std::unique_ptr<char, FreeChunk>> chunks_;
};

thread_local Pool pool;
thread_local bool pooled = false;

void* checked(void* block, size_t size) {
  if (!block && size > 0) out_of_memory(size);
  return block;
}

void* allocate(size_t size) {
  return pooled ? pool.allocate(size) : checked(std::malloc(size), size);
}

void* allocate_zeroed(size_t count, size_t size) {
  if (!pooled) return checked(std::calloc(count, size), count * size);
  if (size != 0 && count > SIZE_MAX / size) out_of_memory(count);
  return std::memset(pool.allocate(count * size), 0, count * size);
}

void* reallocate(void* block, size_t size) {
  return pooled ? pool.grow(block, size) : checked(std::realloc(block, size), size);
}

void release(void* block) {
  if (pooled)
    pool.release(block);
  else
    std::free(block);
}

// Before main, so that no thread is inside tree-sitter when its allocator changes.
[[maybe_unused]] const bool installed =
    (ts_set_allocator(allocate, allocate_zeroed, reallocate, release), true);

using Clock = std::chrono::steady_clock;

// What this thread has computed: a machine that is busy with other things says nothing of a text.
Clock::duration computed() {
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec used{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) == 0)
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
#endif
  return Clock::now().time_since_epoch();
}

// Of one text. Files that somebody wrote take a quarter of a microsecond a byte, with errors in
// them up to three; with sanitizers many times as much.
struct TimeLimit {
  explicit TimeLimit(size_t text) : time(std::chrono::seconds(longest_parse)) {
    if (!parse_memory_is_pooled) return;
    const auto wanted =
        std::chrono::seconds(1) + std::chrono::microseconds(8) * static_cast<int64_t>(text);
    time = std::min<Clock::duration>(time, wanted);
  }
  Clock::duration time;
  Clock::time_point begin = Clock::now();
  Clock::duration computed_before = computed();
};

// Called every hundred tokens or so. The time that has passed is cheaper to ask for than the time
// computed, and never shorter.
bool is_over(TSParseState* state) {
  const TimeLimit& limit = *static_cast<const TimeLimit*>(state->payload);
  if (pooled && pool.taken() > largest_parse) return true;
  if (Clock::now() - limit.begin <= limit.time) return false;
  return computed() - limit.computed_before > limit.time;
}

const char* read_text(void* text, uint32_t offset, TSPoint, uint32_t* size) {
  const std::string_view rest = static_cast<std::string_view*>(text)->substr(offset);
  *size = static_cast<uint32_t>(rest.size());
  return rest.data();
}

}  // namespace

TSTree* parse_within_limits(TSParser* parser, const TSTree* before, std::string_view text) {
  TimeLimit limit(text.size());
  const TSInput input{&text, read_text, TSInputEncodingUTF8, nullptr};
  TSTree* tree = ts_parser_parse_with_options(parser, before, input, {&limit, is_over});
  // What is left of an unfinished parse must not be taken up with the next text.
  if (!tree) ts_parser_reset(parser);
  return tree;
}

ParseMemory::ParseMemory() {
  pooled = parse_memory_is_pooled;
}

ParseMemory::~ParseMemory() {
  if (!pooled) return;
  pooled = false;
  pool.clear();
}

}  // namespace trainlint
