"""Makes files and archives that somebody damaged, or built to do harm, from whole ones."""
import bz2
import gzip
import io
import lzma
import pathlib
import struct
import tarfile
import zipfile
import zlib

WORDS = ["(", "[", "{", ")", "]", "}", "'", '"', "'''", '"""', "f'{", "f\"{x!r:{", "\\\n", "\n", "\t", " ",
         "\r", "\f", "\0", "lambda:", "not ", "-", "~", "**", "*", ":=", "=", "==", ",", ";", ":", ".", "@",
         "if 1:\n", "else:\n", "try:\n", "with a:\n ", "match x:\n", "case _:\n", "class A:\n ", "def f():\n ",
         "async ", "await ", "yield ", "import a\n", "from . import ", "from a import *\n", "global a\n",
         "print ", "exec 'a'\n", "0x", "1e9", "1_0", "\u00e9", "\U0001f600", "# coding: utf-7\n", "b'\\x",
         "a", "a.b", "a[0]", "a(", "x if y else ", "for a in b:\n", "return\n", "raise\n", "del a\n",
         "[tool.trainlint]\n", "a.", "[a]\n", "[[a]]\n", "a = 1\n", "- a\n", "&a ", "*a ", "!!int ", "? ", "|\n",
         "<<: *a\n", "$(", "${", "`", "<<EOF\n", "&& ", "gcloud ai-platform jobs submit training ", "--a=",
         "; python_version < '3'", ">=1.0", "==1.*", "~=1", "===a", "!9", "1.0.post1.dev0+a", "pkg @ file:"]
NUMBERS = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF]


def members_of(folder):
    """Paths and bytes of a folder's files, in order."""
    folder = pathlib.Path(folder)
    return [(path.relative_to(folder).as_posix(), path.read_bytes())
            for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]


def tar_of(members, top="trainer-0.1/", form=tarfile.PAX_FORMAT):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, content in members:
            info = tarfile.TarInfo(top + name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def zip_of(members, top="trainer-0.1/", method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(top + name), content, method)
    return buffer.getvalue()


def wheel_of(members):
    kept = [(name, content) for name, content in members if name != "setup.py"]
    kept += [("trainer-0.1.dist-info/METADATA", b"Metadata-Version: 2.1\nName: trainer\nVersion: 0.1\n"),
             ("trainer-0.1.dist-info/WHEEL", b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
             ("trainer-0.1.dist-info/RECORD", "".join(f"{name},,\n" for name, _ in kept).encode())]
    return zip_of(kept, top="")


def packed(tar, how):
    return {"tar": bytes, "tar.gz": lambda data: gzip.compress(data, 1, mtime=0), "tar.bz2": bz2.compress,
            "tar.xz": lambda data: lzma.compress(data, preset=0)}[how](tar)


def damaged(random, data, other):
    """Bytes cut, flipped, overwritten, repeated or spliced with others."""
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 1, 2, 4, 16])):
        if not data:
            return bytes(data)
        at = random.randrange(len(data))
        length = random.choice([1, 2, 4, 8, 100, 512, 5000])
        match random.randrange(7):
            case 0:
                del data[at:]
            case 1:
                data[at] ^= 1 << random.randrange(8)
            case 2:
                number = random.choice(NUMBERS)
                data[at:at + 4] = number.to_bytes(4, random.choice(["little", "big"]))
            case 3:
                data[at:at + length] = b""
            case 4:
                data[at:at] = data[at:at + length] * random.choice([1, 2, 30])
            case 5:
                begin = random.randrange(len(other)) if other else 0
                data[at:at + random.choice([0, length])] = other[begin:begin + length]
            case 6:
                data[at:at + length] = bytes(random.choice([0, 0x20, 0xFF]) for _ in range(length))
    return bytes(data)


def damaged_text(random, data, other, largest):
    """The same for a text: pieces of it are moved, and words of its language put in, also many times."""
    if random.random() < 0.3:
        return damaged(random, data, other)
    text = data.decode("utf-8", "replace")
    for _ in range(random.choice([1, 1, 2, 4, 16])):
        at = random.randrange(len(text) + 1)
        piece = random.choice(WORDS)
        match random.randrange(4):
            case 0:
                text = text[:at] + piece + text[at:]
            case 1:
                piece = "".join(random.choice(WORDS) for _ in range(random.choice([1, 2, 3])))
                text = text[:at] + piece * random.randrange(1, max(2, largest // len(piece))) + text[at:]
            case 2:
                end = at + random.choice([1, 5, 50])
                begin = random.randrange(len(text) + 1)
                text = text[:at] + text[end:begin] + text[at:end] + text[max(begin, end):]
            case 3:
                text = text[:at] + text[at + random.choice([1, 5, 50]):]
    return text.encode("utf-8", "surrogatepass")


def zeros(block, count):
    """`count` times a block of zeros, deflated: the same bytes again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    second = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + second * (count - 1) + packer.flush()


def gzip_bomb(size, name="trainer-0.1/trainer/task.py"):
    """A tar.gz with one member of `size` zero bytes, whose header says so."""
    info = tarfile.TarInfo(name)
    info.size = size
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT)) + gzip.compress(bytes(1 << 20)) * (size >> 20)


def hidden_bomb(size):
    """A tar.gz whose headers are small and far apart: each member is as large as may be listed."""
    info = tarfile.TarInfo("trainer-0.1/data/%d.bin" % size)
    info.size = 15 << 20
    one = gzip.compress(info.tobuf(tarfile.GNU_FORMAT)) + gzip.compress(bytes(info.size))
    return one * (size // info.size)


def zip_bomb(size, count=1, said=None):
    """A zip whose `count` members share one deflate stream of `size` zero bytes."""
    data = zeros(1 << 20, size >> 20)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(data), (said or size) & 0xFFFFFFFF, 1, 0)
    body = local + b"a" + data
    central = b""
    for index in range(count):
        name = b"trainer/%d.py" % index
        central += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(data),
                               (said or size) & 0xFFFFFFFF, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), len(central), len(body), 0)
    return body + central + end


def many_members(count, form):
    members = ((b"trainer/%d.py" % index) for index in range(count))
    if form == "zip":
        local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
        central = b"".join(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name),
                                       0, 0, 0, 0, 0, 0) + name for name in members)
        end64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(central), len(local))
        locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(local) + len(central), 1)
        end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        return local + central + end64 + locator + end
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(packer.compress(tarfile.TarInfo(name.decode()).tobuf(tarfile.USTAR_FORMAT))
                    for name in members) + packer.flush()


def deep_folders(depth, files):
    return [("a/" * depth + f"{index}.py", b"") for index in range(files)]


def links(kind, count=60):
    """A tar of links: in a chain, in a circle, out of the tree, and folders that double at each step."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        def add(name, target, form=tarfile.SYMTYPE):
            info = tarfile.TarInfo("trainer-0.1/" + name)
            info.type, info.linkname = form, target
            archive.addfile(info)
        for index in range(count):
            if kind == "chain":
                add(f"trainer/m{index}.py", f"m{index + 1}.py")
            elif kind == "circle":
                add(f"trainer/m{index}.py", f"m{(index + 1) % count}.py")
            elif kind == "out":
                add(f"trainer/m{index}.py", "../" * index + "etc/passwd")
                add(f"trainer/h{index}.py", "../" * index + "etc/passwd", tarfile.LNKTYPE)
            else:
                add(f"d{index}/a", f"../d{index + 1}")
                add(f"d{index}/b", f"../d{index + 1}")
        info = tarfile.TarInfo("trainer-0.1/setup.py")
        archive.addfile(info, io.BytesIO())
    return buffer.getvalue()


def nested(members, depth):
    """An archive in an archive, `depth` times, each of another kind than the one in it."""
    for level in range(depth):
        archive = zip_of(members) if level % 2 else packed(tar_of(members), "tar.gz")
        members = [("setup.py", b"from setuptools import setup\nsetup(name='a')\n"),
                   ("trainer/task.py", archive), (f"trainer/inner{level}.zip", archive)]
    return zip_of(members)
