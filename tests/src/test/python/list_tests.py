"""Prints the version of this Python, and the methods of its own tests that are named on the command line: file, class.method;
and the names of their doctests: file, doctest.name."""
import ast
import pathlib
import sys
import sysconfig

TESTS = pathlib.Path(sysconfig.get_path('stdlib')) / 'test'


def methods(body, outer):
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from methods(node.body, outer + [node.name])
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith('test'):
            yield '.'.join(outer + [node.name])
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from methods(node.body, outer)


def doctests(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == '__test__':
            yield from ('doctest.' + key.value for key in node.value.keys)


print('.'.join(map(str, sys.version_info[:3])))
for name in sys.argv[1:]:
    path = TESTS / name
    if path.exists():
        tree = ast.parse(path.read_text(encoding='utf-8'))
        for method in [*methods(tree.body, []), *doctests(tree)]:
            print(name, method)
