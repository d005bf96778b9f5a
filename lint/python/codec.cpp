#include "lint/python/codec.h"

#include <iconv.h>

#include <array>
#include <cctype>

namespace trainlint {

// Names as Python's `encodings.aliases` has them; a test compares with the interpreter's own.
struct CodecNames {
  const char* iconv_name;
  std::string_view names;  // separated by spaces
};

// One byte a character; what is undefined here is undefined in Python as well.
static constexpr CodecNames single_byte[] = {
    {"CP1250", "1250 cp1250 windows_1250"},
    {"CP1251", "1251 cp1251 windows_1251"},
    {"CP1252", "1252 cp1252 windows_1252"},
    {"CP1253", "1253 cp1253 windows_1253"},
    {"CP1254", "1254 cp1254 windows_1254"},
    {"CP1255", "1255 cp1255 windows_1255"},
    {"CP1256", "1256 cp1256 windows_1256"},
    {"CP1257", "1257 cp1257 windows_1257"},
    {"CP1258", "1258 cp1258 windows_1258"},
    {"ISO-8859-10", "csisolatin6 iso8859_10 iso_8859_10 iso_8859_10_1992 iso_ir_157 l6 latin6"},
    {"ISO-8859-11", "iso8859_11 iso_8859_11 iso_8859_11_2001 thai"},
    {"ISO-8859-13", "iso8859_13 iso_8859_13 l7 latin7"},
    {"ISO-8859-14", "iso8859_14 iso_8859_14 iso_8859_14_1998 iso_celtic iso_ir_199 l8 latin8"},
    {"ISO-8859-15", "iso8859_15 iso_8859_15 l9 latin9"},
    {"ISO-8859-16", "iso8859_16 iso_8859_16 iso_8859_16_2001 iso_ir_226 l10 latin10"},
    {"ISO-8859-2", "csisolatin2 iso8859_2 iso_8859_2 iso_8859_2_1987 iso_ir_101 l2 latin2"},
    {"ISO-8859-3", "csisolatin3 iso8859_3 iso_8859_3 iso_8859_3_1988 iso_ir_109 l3 latin3"},
    {"ISO-8859-4", "csisolatin4 iso8859_4 iso_8859_4 iso_8859_4_1988 iso_ir_110 l4 latin4"},
    {"ISO-8859-5", "csisolatincyrillic cyrillic iso8859_5 iso_8859_5 iso_8859_5_1988 iso_ir_144"},
    {"ISO-8859-6",
     "arabic asmo_708 csisolatinarabic ecma_114 iso8859_6 iso_8859_6 iso_8859_6_1987 "
     "iso_ir_127"},
    {"ISO-8859-7",
     "csisolatingreek ecma_118 elot_928 greek greek8 iso8859_7 iso_8859_7 "
     "iso_8859_7_1987 iso_ir_126"},
    {"ISO-8859-8", "csisolatinhebrew hebrew iso8859_8 iso_8859_8 iso_8859_8_1988 iso_ir_138"},
    {"ISO-8859-9", "csisolatin5 iso8859_9 iso_8859_9 iso_8859_9_1989 iso_ir_148 l5 latin5"},
    {"KOI8-R", "cskoi8r koi8_r"},
    {"KOI8-U", "koi8_u"},
};

// For these iconv and Python differ in rare characters, so no fault is ever claimed. GB18030 and
// CP949 hold the sets they stand for.
static constexpr CodecNames others[] = {
    {"BIG5-HKSCS", "big5 big5_tw csbig5 x_mac_trad_chinese"},
    {"BIG5HKSCS", "big5_hkscs big5hkscs hkscs"},
    {"CP1125", "1125 cp1125 cp866u ibm1125 ruscii"},
    {"CP437", "437 cp437 cspc8codepage437 ibm437"},
    {"CP737", "cp737"},
    {"CP775", "775 cp775 cspc775baltic ibm775"},
    {"CP850", "850 cp850 cspc850multilingual ibm850"},
    {"CP852", "852 cp852 cspcp852 ibm852"},
    {"CP855", "855 cp855 csibm855 ibm855"},
    {"CP856", "cp856"},
    {"CP857", "857 cp857 csibm857 ibm857"},
    {"CP858", "858 cp858 csibm858 ibm858"},
    {"CP860", "860 cp860 csibm860 ibm860"},
    {"CP861", "861 cp861 cp_is csibm861 ibm861"},
    {"CP862", "862 cp862 cspc862latinhebrew ibm862"},
    {"CP863", "863 cp863 csibm863 ibm863"},
    {"CP864", "864 cp864 csibm864 ibm864"},
    {"CP865", "865 cp865 csibm865 ibm865"},
    {"CP866", "866 cp866 csibm866 ibm866"},
    {"CP869", "869 cp869 cp_gr csibm869 ibm869"},
    {"CP874", "cp874"},
    {"CP932", "932 cp932 ms932 ms_kanji mskanji"},
    {"CP949", "949 cp949 ms949 uhc"},
    {"CP950", "950 cp950 ms950"},
    {"EUC-JISX0213", "euc_jisx0213 eucjisx0213"},
    {"EUC-JP", "euc_jp eucjp u_jis ujis"},
    {"CP949",
     "euc_kr euckr korean ks_c_5601 ks_c_5601_1987 ks_x_1001 ksc5601 ksx1001 "
     "x_mac_korean"},
    {"GB18030", "gb18030 gb18030_2000"},
    {"GB18030",
     "chinese csiso58gb231280 euc_cn euccn eucgb2312_cn gb2312 gb2312_1980 gb2312_80 "
     "iso_ir_58 x_mac_simp_chinese"},
    {"GB18030", "936 cp936 gbk ms936"},
    {"HP-ROMAN8", "cp1051 cshproman8 hp_roman8 ibm1051 r8 roman8"},
    {"ISO-2022-JP-2",
     "csiso2022jp iso2022_jp iso2022jp iso_2022_jp iso2022_jp_1 iso2022jp_1 iso_2022_jp_1 "
     "iso2022_jp_2 iso2022jp_2 iso_2022_jp_2"},
    {"ISO-2022-JP-3", "iso2022_jp_3 iso2022jp_3 iso_2022_jp_3"},
    {"ISO-2022-KR", "csiso2022kr iso2022_kr iso2022kr iso_2022_kr"},
    {"JOHAB", "cp1361 johab ms1361"},
    {"KOI8-T", "koi8_t"},
    {"MAC-CYRILLIC", "mac_cyrillic maccyrillic"},
    {"MACINTOSH", "mac_roman macintosh macroman"},
    {"CP932", "csshiftjis s_jis shift_jis shiftjis sjis x_mac_japanese"},
    {"SHIFT_JISX0213", "s_jisx0213 shift_jisx0213 shiftjisx0213 sjisx0213"},
    {"TIS-620", "iso_ir_166 tis620 tis_620 tis_620_0 tis_620_2529_0 tis_620_2529_1"},
    {"UTF-7", "u7 unicode_1_1_utf_7 utf7 utf_7"},
};

// Codecs that are hardly ever used for source text.
static constexpr std::string_view undecodable =
    "charmap 037 cp037 csibm037 ebcdic_cp_ca ebcdic_cp_nl ebcdic_cp_us ebcdic_cp_wt ibm037 "
    "ibm039 cp1006 1026 cp1026 csibm1026 ibm1026 1140 cp1140 ibm1140 273 cp273 csibm273 "
    "ibm273 424 cp424 csibm424 ebcdic_cp_he ibm424 500 cp500 csibm500 ebcdic_cp_be "
    "ebcdic_cp_ch ibm500 cp720 cp875 euc_jis2004 euc_jis_2004 eucjis2004 jisx0213 hz hz_gb "
    "hz_gb_2312 hzgb idna iso2022_jp_2004 iso2022jp_2004 iso_2022_jp_2004 iso2022_jp_ext "
    "iso2022jp_ext iso_2022_jp_ext kz1048 kz_1048 rk1048 strk1048_2002 mac_arabic "
    "mac_croatian mac_farsi mac_greek macgreek mac_iceland maciceland mac_centeuro mac_latin2 "
    "maccentraleurope maclatin2 mac_romanian mac_turkish macturkish palmos cp154 csptcp154 "
    "cyrillic_asian pt154 ptcp154 punycode raw_unicode_escape s_jis_2004 shift_jis_2004 "
    "shiftjis2004 sjis_2004 unicode_escape";

static constexpr std::string_view not_text =
    "base64 base64_codec base_64 bz2 bz2_codec hex hex_codec quopri quopri_codec "
    "quoted_printable quotedprintable rot13 rot_13 uu uu_codec zip zlib zlib_codec undefined";
static constexpr std::string_view wide =
    "u16 utf16 utf_16 unicodebigunmarked utf_16_be utf_16be unicodelittleunmarked utf_16_le "
    "utf_16le u32 utf32 utf_32 utf_32_be utf_32be utf_32_le utf_32le";
static constexpr std::string_view utf8 = "utf_8 utf8 u8 utf utf8_ucs2 utf8_ucs4 cp65001 utf_8_sig";
static constexpr std::string_view ascii =
    "646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 ansi_x3_4_1986 ascii cp367 csascii ibm367 "
    "iso646_us iso_646.irv_1991 iso_ir_6 us us_ascii";
static constexpr std::string_view latin1 =
    "8859 cp819 csisolatin1 ibm819 iso8859 iso8859_1 iso_8859_1 iso_8859_1_1987 iso_ir_100 l1 "
    "latin latin1 latin_1";

static bool has_word(std::string_view words, std::string_view word) {
  for (size_t at = words.find(word); at != words.npos; at = words.find(word, at + 1)) {
    size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' '))
      return true;
  }
  return false;
}

// Runs of punctuation become one '_', letters lower case (encodings.normalize_encoding).
static std::string normalized(std::string_view name) {
  std::string result;
  bool gap = false;
  for (char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '.') {
      if (gap && !result.empty()) result += '_';
      gap = false;
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      gap = true;
    }
  }
  return result;
}

Codec find_codec(std::string_view name) {
  std::string key = normalized(name);
  if (key.empty()) return {};
  if (has_word(utf8, key)) return {CodecKind::utf8};
  if (has_word(latin1, key)) return {CodecKind::latin1};
  if (has_word(ascii, key)) return {CodecKind::ascii};
  for (const CodecNames& codec : single_byte)
    if (has_word(codec.names, key)) return {CodecKind::single_byte, codec.iconv_name};
  for (const CodecNames& codec : others)
    if (has_word(codec.names, key)) return {CodecKind::multi_byte, codec.iconv_name};
  if (has_word(undecodable, key)) return {CodecKind::elsewhere};
  if (has_word(wide, key)) return {CodecKind::wide};
  if (has_word(not_text, key)) return {CodecKind::not_text};
  return {};
}

// A letter, so that a name with characters that are not decoded stays a name.
static constexpr std::string_view replacement = "\xC3\xB8";

static void append_latin1(std::string& text, unsigned char byte) {
  if (byte < 0x80) {
    text += static_cast<char>(byte);
  } else {
    text += static_cast<char>(0xC0 | (byte >> 6));
    text += static_cast<char>(0x80 | (byte & 0x3F));
  }
}

static DecodedText decode_plain(CodecKind kind, std::string_view bytes) {
  DecodedText result;
  for (size_t i = 0; i < bytes.size(); ++i) {
    auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80 || kind == CodecKind::latin1) {
      append_latin1(result.text, byte);
      continue;
    }
    if (result.first_bad == result.npos && kind == CodecKind::ascii) result.first_bad = i;
    result.text += replacement;
  }
  return result;
}

DecodedText decode_with(const Codec& codec, std::string_view bytes) {
  if (codec.kind != CodecKind::single_byte && codec.kind != CodecKind::multi_byte)
    return decode_plain(codec.kind, bytes);
#ifdef TRAINLINT_STATIC
  // The converters are parts of the C library that a static program would have to load, and that
  // only the same version's may.
  return decode_plain(CodecKind::elsewhere, bytes);
#else
  iconv_t converter = iconv_open("UTF-8", codec.iconv_name);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv_open() says that it failed
  if (converter == reinterpret_cast<iconv_t>(-1)) return decode_plain(CodecKind::elsewhere, bytes);
  DecodedText result;
  std::array<char, 4096> buffer;
  std::string input(bytes);  // iconv wants a mutable pointer
  char* from = input.data();
  size_t left = input.size();
  while (left > 0) {
    char* to = buffer.data();
    size_t room = buffer.size();
    size_t status = iconv(converter, &from, &left, &to, &room);
    result.text.append(buffer.data(), buffer.size() - room);
    if (status != static_cast<size_t>(-1) || room < 16 || left == 0) continue;
    // Something undefined: one byte of it is replaced and the rest tried again.
    if (result.first_bad == result.npos) result.first_bad = input.size() - left;
    if (*from == '\n' || *from == '\r')
      result.text += *from;
    else
      result.text += replacement;
    ++from;
    --left;
  }
  iconv_close(converter);
  return result;
#endif
}

}  // namespace trainlint
