"""Makes small projects with the idioms of real setup.py, setup.cfg and pyproject.toml files, asks
Python and setuptools what they say, and prints one JSON object a line:

    {"name": ..., "files": {path: text}, "known": true, "expected": {"fields": ..., ...}}

"known" says that the evaluation must know every field; otherwise fields may be unknown. What is
known must be equal in any case.
"""

import itertools
import json
import os
import tempfile

import setup_oracle

TREE = {
    "trainer/__init__.py": "'''The trainer.'''\n__version__ = '1.4.2'\nVERSION = (1, 4, 2)\n",
    "trainer/task.py": "print('task')\n",
    "trainer/model.py": "",
    "trainer/version.py": "# version\n__version__ = \"2.0.1\"\nversion_info = (2, 0, 1)\n__author__ = 'A'\n",
    "trainer/util/__init__.py": "",
    "trainer/util/io.py": "",
    "trainer/data/config.json": "{}\n",
    "trainer/data/more/a.csv": "",
    "tests/__init__.py": "",
    "tests/test_a.py": "",
    "src/core/__init__.py": "__version__ = '9.1'\n",
    "src/core/deep/__init__.py": "",
    "src/plain/mod.py": "",
    "README.md": "# Title\n\nText with caf\u00e9.\n",
    "VERSION": "3.2.1\n",
    "requirements.txt": "# pinned\nnumpy>=1.2\n\npandas==1.0  # frame\n-r other.txt\nsix ; python_version < '3'\n",
    "requirements-plain.txt": "numpy>=1.2\npandas==1.0\n",
    "requirements-crlf.txt": "numpy\r\npandas\r\n",
    "HISTORY.rst": "0.1\n---\n",
    "package.json": "{\"version\": \"1.0\"}\n",
}

HEAD = "from setuptools import setup, find_packages, find_namespace_packages\nimport setuptools\nimport os, sys, re, io, codecs, glob\nfrom os import path\nfrom pathlib import Path\nhere = os.path.abspath(os.path.dirname(__file__))\n"

# Expressions by the field they give; each is evaluated on its own.
EXPRESSIONS = {
    "version": [
        "'0.1'", "0.1", "2", "'%s.%s' % (1, 2)", "'{}.{}'.format(1, 2)", "'{0}.{1}.{0}'.format(1, 2)",
        "'{major}.{minor}'.format(major=1, minor=2)", "f'{1}.{2}'", "f\"{'1' + '.' + '0'}\"", "'.'.join(['1', '2', '3'])",
        "'.'.join(str(x) for x in (1, 2, 3))", "'.'.join(map(str, [1, 2]))", "str(1) + '.' + str(0)",
        "'1.' '2'", "('1.'\n  '3')", "'1.0' if True else '2.0'", "'%d.%02d' % (1, 2)", "'%(a)s.%(b)s' % {'a': 1, 'b': 2}",
        "open('VERSION').read().strip()", "open(os.path.join(here, 'VERSION')).read().rstrip('\\n')",
        "io.open('VERSION', encoding='utf-8').read().strip()", "codecs.open('VERSION', 'r', 'utf-8').read().strip()",
        "Path('VERSION').read_text().strip()", "(Path(__file__).parent / 'VERSION').read_text().strip()",
        "Path(__file__).resolve().parent.joinpath('VERSION').read_text(encoding='utf-8').strip()",
        "open('VERSION').readline().strip()", "open('VERSION').readlines()[0][:-1]", "open('VERSION').read().splitlines()[0]",
        "open('VERSION', 'rb').read().decode('utf-8').strip()", "open(__file__.replace('setup.py', 'VERSION')).read().strip()",
        "re.search(r\"__version__ = ['\\\"]([^'\\\"]+)\", open('trainer/version.py').read()).group(1)",
        "re.search(r'^__version__\\s*=\\s*\"(.*)\"', open('trainer/version.py').read(), re.M).group(1)",
        "re.search(r'^__version__ = [\\'\"]([^\\'\"]*)[\\'\"]', open('trainer/version.py').read(), re.MULTILINE)[1]",
        "re.match(r'.*__version__ = \"(?P<v>.*?)\"', open('trainer/version.py').read(), re.S).group('v')",
        "re.findall(r'__version__ = \"([\\d.]+)\"', open('trainer/version.py').read())[0]",
        "re.compile(r'__version__\\s*=\\s*(.*)').search(open('trainer/version.py').read()).group(1).strip('\"')",
        "re.sub(r'[^0-9.]', '', 'v1.2rc')", "'v1.2'.lstrip('v')", "'v1.2'[1:]", "'1.2.3'.rsplit('.', 1)[0]",
        "'1.2.3'.split('.')[0] + '.0'", "'1.2'.replace('.', '_').replace('_', '.')", "'a-1.0'.partition('-')[2]",
        "dict(version='1.1')['version']", "{'v': '1.1'}.get('v')", "{'v': '1.1'}.get('w', '1.2')", "['0', '1.9'][-1]",
        "[l for l in open('trainer/version.py') if l.startswith('__version__')][0].split('=')[1].strip().strip('\"')",
        "next(l for l in open('trainer/version.py') if '__version__' in l).split('\"')[1]",
        "__import__('trainer').__version__", "str(max(1, 2)) + '.0'", "'1.0'.upper()", "('1', '2')[0]", "'1' * 2",
        "(lambda: '1.7')()", "(lambda a, b='2': a + '.' + b)('1')", "'%s' % '1.0'", "str(len([1, 2, 3]))", "str(sum([1, 2])) ",
        "str(sorted([3, 1, 2])[0])", "'{:02d}.{:>2}'.format(1, 'x')", "'1.0' or '2.0'", "'' or '2.0'", "not 1 and '1' or '2'",
        "'.'.join(['1', '2'] + ['3'] * 2)", "'abc'.title()", "repr(1.50)", "str(1e3)", "str(3 // 2)", "str(7 % 3)", "str(1 / 2)",
        "os.path.basename('a/1.0')", "os.path.splitext('1.0.txt')[0]", "'\\x31.\\u0030'", "r'1\\0'", "b'1.0'.decode()",
        "'1.0' if sys.version_info >= (3,) else '0'", "'1.0' if sys.version_info[0] == 2 else '2.0'",
        "'1.0' if sys.version_info.major >= 3 else '2.0'", "'1' if 'trainer' in os.listdir('trainer/..') else '2'",
        "'{!r}'.format('x')", "f'{\"x\"!r}'", "f'{1.5:.2f}'", "'%.1f' % 2", "'a' if os.name == 'posix' else 'b'",
        "'1.0' if os.path.exists('VERSION') else '0'", "'1.0' if os.path.isfile(path.join(here, 'nothing')) else '0'",
        "'1.0' if Path('README.md').exists() else '0'", "os.environ.get('TRAINER_VERSION', '0.0.1')", "os.getenv('X_Y') or '1'",
    ],
    "install_requires": [
        "['numpy', 'pandas']", "('numpy', 'pandas')", "'numpy'", "'''\nnumpy>=1\n# comment\npandas  # why\n'''", "[]", "['a'] + ['b']", "list(('a', 'b'))",
        "open('requirements-plain.txt').read().splitlines()", "open('requirements-plain.txt').readlines()",
        "open('requirements-plain.txt').read().split('\\n')", "open('requirements-plain.txt').read().strip().split('\\n')",
        "[l.strip() for l in open('requirements-plain.txt')]", "[l for l in open('requirements.txt').read().splitlines() if l and not l.startswith(('#', '-'))]",
        "list(filter(None, open('requirements-plain.txt').read().split('\\n')))", "list(map(str.strip, open('requirements-plain.txt')))",
        "[r for r in map(str.strip, open('requirements.txt')) if r and r[0] not in '#-']", "open('requirements-crlf.txt').read().splitlines()",
        "Path('requirements-plain.txt').read_text().splitlines()", "[x.split('#')[0].strip() for x in open('requirements-plain.txt')]",
        "sorted(['b', 'a'])", "sorted(set(['b', 'a', 'b']))", "['%s>=%s' % p for p in [('a', 1), ('b', 2)]]", "['{}=={}'.format(k, v) for k, v in {'a': 1, 'b': '2'}.items()]",
        "[x for y in (['a'], ['b', 'c']) for x in y]", "['a'] if sys.platform.startswith('linux') else ['b']", "['a', *['b', 'c']]", "['a'][:]",
        "['x', 'y', 'z'][1:]", "['tensorflow' if False else 'tensorflow-gpu']", "None", "['a>=1;python_version<\"3\"']", "filter(None, ['a'])", "(x for x in ['a', 'b'])",
        "[str(x) for x in open('requirements-plain.txt').read().split()]", "'numpy pandas'.split()", "list(reversed(['a', 'b']))",
        "[r.rstrip() for r in io.open(path.join(here, 'requirements-plain.txt'), encoding='utf8').readlines()]", "sum([['a'], ['b']], [])", "['a', ['b', ('c',)]]", "['a b'.split()]",
        "[k for k, v in zip(['a', 'b'], [1, 0]) if v]", "[n for i, n in enumerate(['a', 'b', 'c']) if i % 2 == 0]", "['p%d' % i for i in range(3)]",
    ],
    "packages": [
        "find_packages()", "find_packages('.')", "find_packages(exclude=['tests'])", "find_packages(exclude=('tests', 'tests.*'))", "find_packages(where='src')",
        "find_packages(include=['trainer'])", "find_packages(include=['trainer', 'trainer.*'])", "find_packages(include=('train*',), exclude=['*.util'])",
        "setuptools.find_packages(where='./src')", "find_packages(os.path.join('src'))", "find_packages(here)", "find_packages(os.path.join(here, 'src'))",
        "find_namespace_packages('src')", "find_namespace_packages(where='src', include=['plain*'])", "['trainer']", "['trainer', 'trainer.util']",
        "['trainer'] + ['trainer.' + p for p in ['util']]", "[p for p in find_packages() if not p.startswith('tests')]", "['trainer.' + p for p in find_packages('trainer')]",
        "['trainer'] + ['trainer.' + p for p in find_packages(where='trainer')]", "setuptools.PackageFinder.find()", "find_packages(exclude=['contrib', 'docs', 'tests*'])",
        "find_packages(exclude=[])", "set(['trainer'])", "'trainer'", "[]", "find_packages(include=['*[!s]'])",
        "[os.path.dirname(f).replace('/', '.') for f in sorted(glob.glob('trainer/**/__init__.py', recursive=True))]",
    ],
    "package_data": [
        "{'trainer': ['data/*.json']}", "{'': ['*.txt']}", "{'*': ['*.txt', '*.md']}", "dict(trainer=['data/*'])", "{'trainer': ('a', 'b')}",
        "{'trainer': glob.glob('trainer/data/*')}", "{'trainer': [os.path.relpath(p, 'trainer') for p in glob.glob('trainer/data/*.json')]}",
        "{'trainer': [os.path.join(d[len('trainer/'):], f) for d, _, fs in os.walk('trainer/data') for f in fs]}", "{p: ['x'] for p in ['a', 'b']}",
        "{'trainer': ['data/{}'.format(x) for x in ('a', 'b')]}", "{**{'a': ['b']}, 'c': ['d']}",
    ],
    "package_dir": ["{'': 'src'}", "{'': '.'}", "{'trainer': 'trainer'}", "{'': os.path.join('src')}", "dict([('', 'src')])"],
    "py_modules": [
        "['task']", "[os.path.splitext(os.path.basename(p))[0] for p in glob.glob('trainer/m*.py')]", "('a', 'b')",
        "[p.stem for p in Path('trainer').glob('t*.py')]", "[splitext[0] for splitext in [os.path.splitext('a.py')]]",
    ],
    "data_files": ["[('etc', ['a.cfg'])]", "[('etc', glob.glob('trainer/data/*.json'))]", "['a.txt']", "[(d, [os.path.join(d, f) for f in fs]) for d, s, fs in os.walk('trainer/data')]"],
    "extras_require": ["{'gpu': ['cuda']}", "{'all': sum([['a'], ['b']], []), 'one': 'x'}", "{k: [k] for k in 'ab'}"],
    "entry_points": [
        "{'console_scripts': ['train=trainer.task:main']}", "'[console_scripts]\\ntrain = trainer.task:main\\n'",
        "{'console_scripts': ['%s = trainer.%s:main' % (n, n) for n in ('a', 'b')]}", "{'a': 'x = y\\nz = w'}",
    ],
    "python_requires": ["'>=3.6'", "'>=%d.%d' % (3, 6)"],
    "scripts": ["['bin/run']", "glob.glob('trainer/*.py')[:0]", "[str(p) for p in [Path('bin') / 'x']]"],
    "include_package_data": ["True", "False", "1", "bool([])"],
    "ext_modules": ["[setuptools.Extension('trainer._fast', ['a.c'])]", "[setuptools.Extension(name='a.b', sources=[])]", "[]"],
    "name": ["'trainer'", "'my-' + 'trainer'", "os.path.basename('x/trainer')", "'Trainer'.lower()", "__name__.strip('_')"],
}

# Whole bodies; setup() is called in each.
BODIES = {
    "names": "NAME = 'a'\nV = '1'\nsetup(name=NAME, version=V)\n",
    "chained": "a = b = ['x']\nb.append('y')\nsetup(name='n', install_requires=a)\n",
    "extend": "r = ['x']\nr += ['y']\nr.extend(('z',))\nr.insert(0, 'w')\nr.remove('x')\nsetup(name='n', install_requires=r)\n",
    "tuple_swap": "a, b = 'n', '1'\n(c, d) = a, b\nsetup(name=c, version=d)\n",
    "config_dict": "config = dict(name='n', version='1')\nconfig['packages'] = ['trainer']\nconfig.update(python_requires='>=3')\nsetup(**config)\n",
    "config_update": "config = {'name': 'n'}\nif sys.version_info[0] >= 3:\n    config.update({'version': '3'})\nelse:\n    config['version'] = '2'\nsetup(**config)\n",
    "mixed_kwargs": "common = {'name': 'n'}\nsetup(version='1', **common)\n",
    "main_guard": "if __name__ == '__main__':\n    setup(name='n', version='1')\n",
    "function": "def read(name):\n    with open(os.path.join(os.path.dirname(__file__), name)) as f:\n        return f.read()\nsetup(name='n', version=read('VERSION').strip(), install_requires=read('requirements-plain.txt'))\n",
    "function_args": "def read(*parts, **kw):\n    return io.open(path.join(here, *parts), encoding=kw.get('encoding', 'utf8')).read()\nsetup(name='n', version=read('VERSION').strip())\n",
    "function_lines": "def parse_requirements(filename):\n    '''Load requirements'''\n    lineiter = (line.strip() for line in open(filename))\n    return [line for line in lineiter if line and not line.startswith('#') and not line.startswith('-')]\nsetup(name='n', install_requires=parse_requirements('requirements.txt'))\n",
    "find_version": "def find_version(*file_paths):\n    with codecs.open(os.path.join(here, *file_paths), 'r') as fp:\n        version_file = fp.read()\n    version_match = re.search(r\"^__version__ = ['\\\"]([^'\\\"]*)['\\\"]\", version_file, re.M)\n    if version_match:\n        return version_match.group(1)\n    raise RuntimeError('no version')\nsetup(name='n', version=find_version('trainer', 'version.py'))\n",
    "get_version_loop": "def get_version():\n    for line in open('trainer/version.py').read().splitlines():\n        if line.startswith('__version__'):\n            delim = '\"' if '\"' in line else \"'\"\n            return line.split(delim)[1]\n    else:\n        raise RuntimeError('x')\nsetup(name='n', version=get_version())\n",
    "exec_ns": "ns = {}\nexec(open('trainer/version.py').read(), ns)\nsetup(name='n', version=ns['__version__'])\n",
    "exec_here": "exec(open('trainer/version.py').read())\nsetup(name='n', version=__version__)\n",
    "exec_with": "about = {}\nwith open(os.path.join(here, 'trainer', 'version.py'), 'r', encoding='utf-8') as f:\n    exec(f.read(), about)\nsetup(name='n', version=about['__version__'], author=about['__author__'])\n",
    "exec_compile": "exec(compile(open('trainer/version.py').read(), 'trainer/version.py', 'exec'))\nsetup(name='n', version=__version__)\n",
    "runpy": "import runpy\nsetup(name='n', version=runpy.run_path('trainer/version.py')['__version__'])\n",
    "literal_eval": "import ast\n_re = re.compile(r'__version__\\s+=\\s+(.*)')\nwith open('trainer/version.py', 'rb') as f:\n    version = str(ast.literal_eval(_re.search(f.read().decode('utf-8')).group(1)))\nsetup(name='n', version=version)\n",
    "import_package": "import trainer\nsetup(name='n', version=trainer.__version__)\n",
    "import_from": "from trainer.version import __version__\nsetup(name='n', version=__version__)\n",
    "import_as": "from trainer import version as v\nsetup(name='n', version='.'.join(str(p) for p in v.version_info))\n",
    "import_src": "sys.path.insert(0, 'src')\nimport core\nsetup(name='n', version=core.__version__)\n",
    "import_src_here": "sys.path.insert(0, os.path.join(here, 'src'))\nfrom core import __version__ as v\nsetup(name='n', version=v)\n",
    "try_import": "try:\n    from setuptools import setup\nexcept ImportError:\n    from distutils.core import setup\nsetup(name='n', version='1')\n",
    "try_missing": "try:\n    text = open('nothing.md').read()\n    version = '1'\nexcept (IOError, OSError):\n    text = ''\n    version = '2'\nsetup(name='n', version=version)\n",
    "try_missing_bare": "try:\n    v = open('nothing').read()\nexcept:\n    v = '3'\nfinally:\n    n = 'n'\nsetup(name=n, version=v)\n",
    "try_else": "try:\n    v = open('VERSION').read().strip()\nexcept FileNotFoundError:\n    v = '0'\nelse:\n    v = v + '.1'\nsetup(name='n', version=v)\n",
    "distutils": "from distutils.core import setup\nsetup(name='n', version='1', packages=['trainer'])\n",
    "module_call": "setuptools.setup(name='n', version='1', packages=setuptools.find_packages())\n",
    "import_as_module": "import setuptools as st\nst.setup(name='n', packages=st.find_packages(exclude=['src']))\n",
    "cmdclass": "from setuptools.command.build_py import build_py\nclass Build(build_py):\n    def run(self):\n        build_py.run(self)\nsetup(name='n', version='1', cmdclass={'build_py': Build})\n",
    "cmdclass_assign": "from distutils.command.build import build as _build\nimport subprocess\nclass build(_build):\n    sub_commands = _build.sub_commands + [('CustomCommands', None)]\nclass CustomCommands(setuptools.Command):\n    def initialize_options(self): pass\n    def finalize_options(self): pass\n    def run(self): subprocess.check_call(['x'])\nsetup(name='n', cmdclass={'build': build, 'CustomCommands': CustomCommands})\n",
    "argv": "if sys.argv[-1] == 'publish':\n    os.system('x')\n    sys.exit()\nr = ['a']\nif '--gpu' in sys.argv:\n    sys.argv.remove('--gpu')\n    r = ['b']\nsetup(name='n', install_requires=r)\n",
    "version_exit": "if sys.version_info < (3, 0):\n    sys.exit('no')\nsetup(name='n', version='1')\n",
    "version_exit_new": "if sys.version_info < (3, 6):\n    raise RuntimeError('no')\nsetup(name='n', version='1')\n",
    "for_append": "data = []\nfor root, dirs, files in os.walk('trainer/data'):\n    for f in files:\n        data.append(os.path.join(root.replace('trainer/', ''), f))\nsetup(name='n', package_data={'trainer': data})\n",
    "while_loop": "i = 0\nv = ''\nwhile i < 3:\n    v += str(i)\n    i += 1\n    if i == 2:\n        continue\n    v += '.'\nsetup(name='n', version=v)\n",
    "loop_break": "for line in open('trainer/version.py'):\n    if line.startswith('__version__'):\n        version = line.strip().split('=')[1].replace('\"', '').strip()\n        break\nsetup(name='n', version=version)\n",
    "global_name": "v = '1'\ndef bump():\n    global v\n    v = v + '.1'\nbump()\nsetup(name='n', version=v)\n",
    "closure": "def make(prefix):\n    def inner(x):\n        return prefix + x\n    return inner\nsetup(name=make('a-')('b'))\n",
    "generator": "def lines():\n    for l in open('requirements-plain.txt'):\n        yield l.strip()\nsetup(name='n', install_requires=list(lines()))\n",
    "recursion": "def f(n):\n    return [] if n == 0 else f(n - 1) + ['p%d' % n]\nsetup(name='n', install_requires=f(3))\n",
    "chdir": "os.chdir(os.path.normpath(os.path.join(os.path.abspath(__file__), os.pardir)))\nsetup(name='n', packages=find_packages())\n",
    "root_var": "ROOT = Path(__file__).resolve().parent\nsetup(name='n', version=(ROOT / 'VERSION').read_text().strip(), install_requires=(ROOT / 'requirements-plain.txt').read_text().split('\\n'))\n",
    "readme": "long_description = open('README.md', encoding='utf-8').read()\nsetup(name='n', version='1', long_description=long_description, long_description_content_type='text/markdown')\n",
    "replace_kw": "setup(name='n', version='1', author='A', author_email='a@b', url='http://x', license='MIT', zip_safe=False, keywords=['a'], classifiers=['Programming Language :: Python'])\n",
    "conditional_requires": "requires = ['a']\nif sys.platform == 'darwin':\n    requires.append('b')\nelif sys.platform.startswith('linux'):\n    requires.append('c')\nsetup(name='n', install_requires=requires)\n",
    "nested_function_main": "def main():\n    setup(name='n', version='1')\nif __name__ == '__main__':\n    main()\n",
    "with_two": "with open('VERSION') as f, open('requirements-plain.txt') as g:\n    v = f.read().strip()\n    r = g.readlines()\nsetup(name='n', version=v, install_requires=r)\n",
    "walrus": "if (m := re.search(r'(\\d)', 'a1')):\n    v = m.group(1)\nsetup(name='n', version=v)\n",
    "star_args": "def f(a, *rest, k='x', **kw):\n    return a + ''.join(rest) + k + ''.join(sorted(kw))\nsetup(name=f('a', 'b', 'c', k='d', z=1, y=2))\n",
    "del_name": "x = {'name': 'n', 'version': '1', 'junk': 2}\ndel x['junk']\nsetup(**x)\n",
    "pop_name": "x = {'name': 'n', 'version': '1', 'junk': 2}\nx.pop('junk')\nx.setdefault('python_requires', '>=3')\nsetup(**x)\n",
    "comment_strings": "'''Docs.'''\n# comment\nsetup(  # here\n    name='n',  # and here\n    # nothing\n    version='1',\n)\n",
    "backslash": "setup(name='n', \\\n      version='1')\n",
    "print": "print('building', 'x')\nsetup(name='n')\n",
    "assert": "assert sys.version_info >= (3,), 'no'\nsetup(name='n')\n",
    "set_ops": "a = {'x', 'y'}\nb = {'y'}\nsetup(name='n', install_requires=sorted(a - b) + sorted(a & b))\n",
    "set_requires": "setup(name='n', install_requires={'x'})\n",
    "extras_all": "extras = {'a': ['x'], 'b': ['y']}\nextras['all'] = [r for group in extras.values() for r in group]\nsetup(name='n', extras_require=extras)\n",
    "extras_chain": "import itertools\nextras = {'a': ['x'], 'b': ['y']}\nextras['all'] = list(itertools.chain(*extras.values()))\nextras['again'] = list(itertools.chain.from_iterable([['p'], ['q']]))\nsetup(name='n', extras_require=extras)\n",
    "alias_mutation": "base = ['a']\nextra = base\nextra += ['b']\nsetup(name='n', install_requires=base)\n",
    "copy_no_mutation": "base = ['a']\nextra = base + []\nextra += ['b']\nmore = list(base)\nmore.append('c')\nsetup(name='n', install_requires=base)\n",
    "default_mutable": "def f(x, acc=[]):\n    acc.append(x)\n    return acc\nf('a')\nsetup(name='n', install_requires=f('b'))\n",
    "shadowing": "def f():\n    v = '2'\n    return v\nv = '1'\nf()\nsetup(name='n', version=v)\n",
    "comprehension_scope": "x = '1'\ny = [x for x in ['2', '3']]\nsetup(name='n', version=x)\n",
    "class_constant": "class Meta:\n    version = '1'\nsetup(name='n')\n",
    "iterator_twice": "it = filter(None, ['a', 'b'])\nfirst = list(it)\nsecond = list(it)\nsetup(name='n', install_requires=first, scripts=second)\n",
    "file_twice": "f = open('requirements-plain.txt')\na = f.readlines()\nb = f.readlines()\nsetup(name='n', install_requires=a, scripts=b)\n",
    "lstrip_letters": "setup(name='xxnxx'.strip('x'), version='aab1'.lstrip('ab'))\n",
    "maxsplit": "setup(name='a b c'.split(None, 1)[0], version='1.2.3'.split('.', 1)[1])\n",
    "join_paths": "setup(name='n', scripts=[os.path.join('a', 'b', 'c'), os.path.join('a/', 'b'), os.path.normpath('a/../b//c'), os.path.relpath('trainer/data', 'trainer')])\n",
    "namedtuple_like": "import collections\nod = collections.OrderedDict([('name', 'n'), ('version', '1')])\nsetup(**od)\n",
    "string_methods": "setup(name='  N '.strip().lower().capitalize(), version='1,2'.replace(',', '.'), scripts=['a b'.split()[0], 'x'.zfill(1) if False else 'y', 'abc'.find('c') and 'f'])\n",
    "dunder_file_split": "p = os.path.split(os.path.abspath(__file__))[0]\nsetup(name='n', version=open(p + '/VERSION').read().strip())\n",
}

# Bodies in which something cannot be known; what is known must still be right.
UNSURE = {
    "environment": "if os.environ.get('GPU'):\n    name = 'gpu'\nelse:\n    name = 'cpu'\nsetup(name=name, version='1')\n",
    "environment_append": "r = ['a']\nif os.environ.get('GPU'):\n    r.append('b')\nsetup(name='n', install_requires=r)\n",
    "environment_function": "r = ['a']\ndef add():\n    r.append('b')\nif os.environ.get('GPU'):\n    add()\nsetup(name='n', install_requires=r)\n",
    "environment_global": "v = '1'\ndef change():\n    global v\n    v = '2'\nos.environ.get('GPU') and change()\nsetup(name='n', version=v)\n",
    "subprocess": "import subprocess\ntry:\n    v = subprocess.check_output(['git', 'describe']).decode()\nexcept Exception:\n    v = '0'\nsetup(name='n', version=v)\n",
    "subprocess_os": "v = os.popen('git describe').read() if False else '1'\nsetup(name='n', version=v)\n",
    "missing_library": "try:\n    import no_such_library\n    v = no_such_library.__version__\nexcept ImportError:\n    v = '1'\nsetup(name='n', version=v)\n",
    "missing_flag": "try:\n    from no_such_library import build_ext\n    have = True\nexcept ImportError:\n    have = False\nsetup(name='n', version='2' if have else '1')\n",
    "wheel": "try:\n    from wheel.bdist_wheel import bdist_wheel\nexcept ImportError:\n    bdist_wheel = None\nsetup(name='n', cmdclass={'bdist_wheel': bdist_wheel} if bdist_wheel else {})\n",
    "date": "import datetime\nsetup(name='n', version=datetime.date.today().strftime('%Y.%m'), packages=['trainer'])\n",
    "random": "import random\nx = ['a', 'b']\nrandom.shuffle(x)\nsetup(name='n', install_requires=x)\n",
    "loop_unknown": "r = []\nfor p in os.environ.get('X', 'a b').split():\n    r.append(p)\nsetup(name='n', install_requires=r)\n",
    "writes_file": "with open('BUILD', 'w') as f:\n    f.write('7')\nsetup(name='n', version=open('BUILD').read())\n",
    "minor_version": "setup(name='n', install_requires=['a'] if sys.version_info >= (3, 9) else ['b'])\n",
    "minor_version_if": "r = ['a']\nif sys.version_info < (3, 8):\n    r += ['typing']\nsetup(name='n', install_requires=r)\n",
    "folder_name": "setup(name=os.path.basename(here), version='1')\n",
    "object": "class V:\n    def __str__(self): return '1.5'\nsetup(name='n', version=str(V()))\n",
    "method": "class V:\n    @staticmethod\n    def get(): return '1.5'\nsetup(name='n', version=V.get())\n",
    "decorated": "import functools\n@functools.lru_cache()\ndef v(): return '1'\nsetup(name='n', version=v())\n",
    "json": "import json\nsetup(name='n', version=json.load(open('package.json'))['version'])\n",
    "os_path_outside": "setup(name='n', version='1', long_description=open(os.path.join(here, '..', 'x')).read() if False else '')\n",
    "globals_write": "globals()['v'] = '1'\nsetup(name='n', version=v)\n",
    "locals_read": "exec(open('trainer/version.py').read())\nsetup(name='n', version=locals()['__version__'])\n",
    "exec_text": "exec('v = \"1\"')\nsetup(name='n', version=v)\n",
    "setattr": "import trainer\nsetattr(trainer, '__version__', '8')\nsetup(name='n', version=trainer.__version__)\n",
    "slice_assign": "x = ['a', 'b']\nx[0:1] = ['c', 'd']\nsetup(name='n', install_requires=x)\n",
    "star_unpack": "a, *b = ['n', 'x', 'y']\nsetup(name=a, install_requires=b)\n",
    "nonlocal": "def f():\n    v = '1'\n    def g():\n        nonlocal v\n        v = '2'\n    g()\n    return v\nsetup(name='n', version=f())\n",
    "match": "match 1:\n    case 1:\n        v = '1'\n    case _:\n        v = '2'\nsetup(name='n', version=v)\n",
    "try_partial": "v = '1'\ntry:\n    v = '2'\n    int('x')\n    v = '3'\nexcept ValueError:\n    pass\nsetup(name='n', version=v)\n",
    "try_index": "r = ['a']\ntry:\n    r[5]\n    r.append('b')\nexcept IndexError:\n    r.append('c')\nsetup(name='n', install_requires=r)\n",
    "attribute_assign": "class C: pass\nc = C()\nc.v = '1'\nsetup(name='n', version=c.v)\n",
    "sorted_key": "setup(name='n', install_requires=sorted(['bb', 'a', 'ccc'], key=len, reverse=True))\n",
    "sort_lambda": "x = ['b2', 'a1']\nx.sort(key=lambda s: s[1])\nsetup(name='n', install_requires=x)\n",
    "map_lambda": "setup(name='n', install_requires=list(map(lambda x: x + '>=1', ['a', 'b'])))\n",
    "contextlib": "import contextlib\nv = '1'\nwith contextlib.suppress(Exception):\n    v = open('nothing').read()\nsetup(name='n', version=v)\n",
    "string_iter": "setup(name=''.join(c for c in 'a1b2' if c.isalpha()), version=''.join(reversed('1.2')))\n",
    "unicode_lower": "setup(name='\u00c4'.lower())\n",
    "percent_dict_left": "setup(name='%s' % ('a',), version='%s%%' % 1)\n",
    "multiple_setup": "if os.environ.get('X'):\n    setup(name='a')\nelse:\n    setup(name='b')\n",
    "setup_in_try": "try:\n    setup(name='n', version='1')\nexcept SystemExit:\n    setup(name='m', version='1')\n",
}

# What stops setup.py for sure, or what setup() refuses.
FAILING = {
    "missing_file": "setup(name='n', long_description=open('nothing.md').read())\n",
    "missing_path": "setup(name='n', version=Path('nothing').read_text())\n",
    "raises": "raise RuntimeError('use something else')\nsetup(name='n')\n",
    "exits": "sys.exit(1)\nsetup(name='n')\n",
    "key": "setup(name={'a': 1}['b'])\n",
    "none_group": "setup(name='n', version=re.search('nothing', 'x').group(1))\n",
    "import_below": "from trainer import nothing_there_at_all.x\n" if False else "import trainer.nothing\nsetup(name='n')\n",
    "never": "name = 'n'\n",
}

FULL = {
    "cfg_basic": {"setup.cfg": "[metadata]\nname = n\nversion = 1.0\n[options]\npackages = find:\ninstall_requires =\n    numpy>=1\n    pandas  # no comment here\n[options.packages.find]\nexclude =\n    tests*\n"},
    "cfg_attr": {"setup.cfg": "[metadata]\nname = n\nversion = attr: trainer.__version__\n[options]\npackages = trainer\n"},
    "cfg_attr_tuple": {"setup.cfg": "[metadata]\nname: n\nversion: attr: trainer.VERSION\n[options]\npackages = trainer, trainer.util\n"},
    "cfg_attr_src": {"setup.cfg": "[metadata]\nname = n\nversion = attr: core.__version__\n[options]\npackage_dir =\n    = src\npackages = find:\n[options.packages.find]\nwhere = src\n"},
    "cfg_where_only": {"setup.cfg": "[metadata]\nname = n\nversion = 1\n[options]\npackages = find_namespace:\n[options.packages.find]\nwhere = src\n"},
    "cfg_file": {"setup.cfg": "[metadata]\nname = n\nversion = file: VERSION\nlong_description = file: README.md, HISTORY.rst\n[options]\npackages = trainer\ninstall_requires = file: requirements-plain.txt\n"},
    "cfg_data": {"setup.cfg": "[metadata]\nname = n\nversion = 1\n[options]\npackages = trainer\ninclude_package_data = yes\npy_modules = a, b\nscripts = x.sh\npython_requires = >=3.6\n[options.package_data]\n* = *.txt\ntrainer = data/*.json, data/more/*\n[options.exclude_package_data]\ntrainer = x\n[options.extras_require]\ngpu = cuda>=1; b\ncpu =\n    c\n    d\n[options.entry_points]\nconsole_scripts =\n    train = trainer.task:main\n[options.data_files]\netc = trainer/data/*.json\n"},
    "cfg_and_py": {"setup.py": "from setuptools import setup\nsetup(name='py', install_requires=[])\n", "setup.cfg": "[metadata]\nname = cfg\nversion = 2\n[options]\ninstall_requires = a;b\npackages = trainer\n"},
    "cfg_interpolation": {"setup.cfg": "[metadata]\nname = n\nversion = 1\ndescription = 100%%\n[options]\nbase = trainer\npackages = %(base)s\n"},
    "cfg_dashes": {"setup.cfg": "[metadata]\nname = n\nversion = 1\n[options]\npackages = trainer\ninstall-requires = a\n"} ,
    "cfg_comments": {"setup.cfg": "# top\n[metadata]\n; c\nname = n\nversion = 1\n[options]\npackages =\n    # inside\n    trainer\n\n    trainer.util\ninstall_requires =\n    a\n    ; b\n    c\n"},
    "cfg_stub": {"setup.py": "import setuptools\nsetuptools.setup()\n", "setup.cfg": "[metadata]\nname = n\nversion = 1\n[options]\npackages = find:\n"},
    "toml_basic": {"pyproject.toml": "[project]\nname = 'n'\nversion = '1.0'\ndependencies = ['numpy>=1', 'pandas']\nrequires-python = '>=3.7'\n[project.optional-dependencies]\ngpu = ['cuda']\n[project.scripts]\ntrain = 'trainer.task:main'\n[tool.setuptools]\npackages = ['trainer', 'trainer.util']\n"},
    "toml_find": {"pyproject.toml": "[project]\nname = 'n'\nversion = '1.0'\n[tool.setuptools.packages.find]\ninclude = ['trainer*']\n"},
    "toml_find_where": {"pyproject.toml": "[project]\nname = 'n'\nversion = '1.0'\n[tool.setuptools.packages.find]\nwhere = ['src']\n"},
    "toml_find_regular": {"pyproject.toml": "[project]\nname = 'n'\nversion = '1.0'\n[tool.setuptools.packages.find]\nwhere = ['src']\nnamespaces = false\n"},
    "toml_dynamic": {"pyproject.toml": "[project]\nname = 'n'\ndynamic = ['version', 'dependencies', 'optional-dependencies']\n[tool.setuptools]\npackages = ['trainer']\n[tool.setuptools.dynamic]\nversion = {attr = 'trainer.version.__version__'}\ndependencies = {file = ['requirements-plain.txt']}\noptional-dependencies.gpu = {file = 'requirements-plain.txt'}\n"},
    "toml_dynamic_file": {"pyproject.toml": "[project]\nname = 'n'\ndynamic = ['version']\nreadme = 'README.md'\n[tool.setuptools]\npackages = ['trainer']\ninclude-package-data = false\n[tool.setuptools.dynamic]\nversion = {file = 'VERSION'}\n"},
    "toml_data": {"pyproject.toml": "[project]\nname = 'n'\nversion = '1'\n[tool.setuptools]\npackages = ['trainer']\npy-modules = ['a']\nscript-files = ['x.sh']\n[tool.setuptools.package-dir]\n'' = 'src'\n[tool.setuptools.package-data]\n'*' = ['*.txt']\ntrainer = ['data/*']\n[tool.setuptools.exclude-package-data]\ntrainer = ['x']\n[tool.setuptools.data-files]\netc = ['trainer/data/*.json']\n"},
    "toml_and_py": {"setup.py": "from setuptools import setup\nsetup(packages=['trainer'], version='3')\n", "pyproject.toml": "[project]\nname = 'n'\ndynamic = ['version']\n"},
    "toml_overrides_py": {"setup.py": "from setuptools import setup\nsetup(name='py', version='3', packages=['trainer'], install_requires=['x'])\n", "pyproject.toml": "[project]\nname = 'toml'\nversion = '4'\ndependencies = ['y']\n"},
    "toml_unrelated": {"setup.py": "from setuptools import setup\nsetup(name='py', version='3', packages=['trainer'])\n", "pyproject.toml": "[tool.black]\nline-length = 100\n[build-system]\nrequires = ['setuptools']\n"},
    "toml_cfg": {"setup.cfg": "[metadata]\nname = cfg\n[options]\npackages = trainer\n", "pyproject.toml": "[project]\nname = 'toml'\nversion = '4'\n"},
}

LAYOUTS = {
    "flat_one": {"trainer/__init__.py": "", "trainer/a/b.py": "", "docs/x.py": "", "setup.cfg": "[metadata]\nversion = 1\n"},
    "flat_two": {"trainer/__init__.py": "", "other/__init__.py": "", "setup.py": "from setuptools import setup\nsetup(name='n', version='1')\n"},
    "flat_reserved": {"trainer/__init__.py": "", "tests/__init__.py": "", "examples/x.py": "", "build/lib/y.py": "", ".hidden/z.py": "", "_private/p.py": "", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "flat_module": {"model.py": "", "test.py": "", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "flat_modules": {"model.py": "", "task.py": "", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "flat_data_folder": {"trainer/__init__.py": "", "data/x.csv": "1", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "flat_bad_name": {"trainer/__init__.py": "", "my-data/x.csv": "1", "2nd/x.py": "", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "flat_stubs": {"trainer/__init__.py": "", "trainer-stubs/__init__.pyi": "", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "src": {"src/trainer/__init__.py": "", "src/trainer/a/x.py": "", "src/single.py": "", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "src_toml": {"src/trainer/__init__.py": "__version__ = '5'", "pyproject.toml": "[project]\nname = 'n'\ndynamic = ['version']\n[tool.setuptools.dynamic]\nversion = {attr = 'trainer.__version__'}\n"},
    "lib": {"lib/trainer/__init__.py": "", "setup.py": "from setuptools import setup\nsetup(version='1', package_dir={'': 'lib'})\n"},
    "explicit": {"code/__init__.py": "", "code/sub/x.py": "", "setup.py": "from setuptools import setup\nsetup(version='1', package_dir={'trainer': 'code'})\n"},
    "extension": {"trainer/__init__.py": "", "x.c": "", "setup.py": "from setuptools import setup, Extension\nsetup(name='n', version='1', ext_modules=[Extension('x', ['x.c'])])\n"},
    "modules_given": {"trainer/__init__.py": "", "task.py": "", "setup.py": "from setuptools import setup\nsetup(version='1', py_modules=['task'])\n"},
    "nothing": {"README.md": "", "setup.py": "from setuptools import setup\nsetup(version='1')\n"},
    "name_from_package": {"trainer/__init__.py": "", "trainer/sub/__init__.py": "", "setup.py": "from setuptools import setup\nsetup(version='1', packages=['trainer', 'trainer.sub'])\n"},
    "no_common_name": {"a/__init__.py": "", "b/__init__.py": "", "setup.py": "from setuptools import setup\nsetup(version='1', packages=['a', 'b'])\n"},
}


def cases():
    """(name, files, known, full)"""
    for field, expressions in EXPRESSIONS.items():
        for number, expression in enumerate(expressions):
            known = not any(word in expression for word in ("environ", "getenv", "listdir", "__import__", "filter(None, ['a'])", "(x for x in ["))
            for shape, body in (
                ("direct", f"setup(**{{{field!r}: {expression}}})\n" if number % 2 else f"setup({field}={expression})\n"),
                ("named", f"value = {expression}\nconfig = dict({field}=value)\nsetup(**config)\n"),
                ("function", f"def get():\n    return {expression}\nif __name__ == '__main__':\n    setup({field}=get())\n"),
            ):
                yield f"{field} {number} {shape}", {**TREE, "setup.py": HEAD + body}, known, False
    for known, bodies in ((True, BODIES), (False, UNSURE), (False, FAILING)):
        for name, body in bodies.items():
            yield f"body {name}", {**TREE, "setup.py": HEAD + body}, known, False
    # Every expression for a version together with every one for the requirements, now and then.
    pairs = itertools.product(EXPRESSIONS["packages"], EXPRESSIONS["package_data"], EXPRESSIONS["extras_require"])
    for number, (packages, data, extras) in enumerate(pairs):
        if number % 11 == 0:
            body = f"setup(packages={packages},\n  package_data={data},\n  extras_require={extras})\n"
            yield f"combined {number}", {**TREE, "setup.py": HEAD + body}, True, False
    for name, files in FULL.items():
        yield f"full {name}", {**TREE, **files}, True, True
    for name, files in LAYOUTS.items():
        yield f"layout {name}", files, True, True


def main():
    for name, files, known, full in cases():
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
                with open(os.path.join(folder, path), "w", encoding="utf-8", newline="") as file:
                    file.write(text)
            expected = setup_oracle.ask(folder, full)
        print(json.dumps({"name": name, "files": files, "known": known, "full": full, "expected": expected}))


if __name__ == "__main__":
    main()
