#include "lint/python/check/error_grammar.h"

namespace trainlint {

const std::string_view expression_grammar = R"(
field: star_expressions ;
expressions: expression (',' expression)+ [','] | expression ',' | expression ;
expression*:
  ?!(NAME STRING | SOFT_KEYWORD) a:disjunction b:expression_without_invalid { comma a }
| ?a:disjunction 'if' disjunction !('else' | ':')
    { at a "expected 'else' after 'if' expression" }
| ?a:NAME !'(' star_expressions { legacy a }
| disjunction 'if' disjunction 'else' expression
| disjunction
| lambdef ;
expression_without_invalid:
  disjunction 'if' disjunction 'else' expression
| disjunction
| lambdef ;
yield_expr: 'yield' 'from' expression | 'yield' [star_expressions] ;
star_expressions: star_expression (',' star_expression)+ [','] | star_expression ','
| star_expression ;
star_expression*: '*' bitwise_or | expression ;
star_named_expressions: ','.star_named_expression+ [','] ;
star_named_expression: '*' bitwise_or | named_expression ;
assignment_expression: NAME ':=' ~ expression ;
named_expression: assignment_expression | ?invalid_named_expression | expression !':=' ;
invalid_named_expression*:
  a:expression ':=' expression { at a "cannot use assignment expressions with %" }
| a:NAME '=' bitwise_or !('=' | ':=')
    { at a "invalid syntax, perhaps '==' or ':=' is meant instead of '='" }
| !(list | tuple | genexp | 'True' | 'None' | 'False') a:bitwise_or '=' bitwise_or !('=' | ':=')
    { at a "cannot assign to % here, perhaps '==' is meant instead of '='" } ;
disjunction*: conjunction ('or' conjunction)+ | conjunction ;
conjunction*: inversion ('and' inversion)+ | inversion ;
inversion*: 'not' inversion | comparison ;
comparison: bitwise_or compare_op_bitwise_or_pair+ | bitwise_or ;
compare_op_bitwise_or_pair:
  '==' bitwise_or | '!=' bitwise_or | '<=' bitwise_or | '<' bitwise_or | '>=' bitwise_or
| '>' bitwise_or | 'not' 'in' bitwise_or | 'in' bitwise_or | 'is' 'not' bitwise_or
| 'is' bitwise_or ;
bitwise_or*: bitwise_xor ('|' bitwise_xor)* ;
bitwise_xor*: bitwise_and ('^' bitwise_and)* ;
bitwise_and*: shift_expr ('&' shift_expr)* ;
shift_expr*: sum (('<<' | '>>') sum)* ;
sum*: term (('+' | '-') term)* ;
term*: factor (('*' | '/' | '//' | '%' | '@') factor)* ;
factor*: '+' factor | '-' factor | '~' factor | power ;
power: await_primary '**' factor | await_primary ;
await_primary*: 'await' primary | primary ;
primary*: atom trailer* ;
trailer: '.' NAME | genexp | '(' [arguments] ')' | '[' slices ']' ;
slices: slice !',' | ','.(slice | starred_expression)+ [','] ;
slice: [expression] ':' [expression] [':' [expression]] | named_expression ;
atom:
  NAME | 'True' | 'False' | 'None'
| &STRING strings
| NUMBER
| &'(' (tuple | group | genexp)
| &'[' (list | listcomp)
| &'{' (dict | set | dictcomp | setcomp)
| '...' ;
strings*: STRING+ { strings } ;
group:
  '(' (yield_expr | named_expression) ')'
| ?'(' a:starred_expression ')' { at a "cannot use starred expression here" }
| ?'(' a:'**' expression ')' { at a "cannot use double starred expression here" } ;
list: '[' [star_named_expressions] ']' ;
tuple: '(' [star_named_expression ',' [star_named_expressions]] ')' ;
set: '{' star_named_expressions '}' ;
dict: '{' [double_starred_kvpairs] '}' | ?'{' invalid_double_starred_kvpairs '}' ;
double_starred_kvpairs: ','.double_starred_kvpair+ [','] ;
double_starred_kvpair: '**' bitwise_or | kvpair ;
kvpair: expression ':' expression ;
invalid_double_starred_kvpairs:
  ','.double_starred_kvpair+ ',' invalid_kvpair
| expression ':' a:'*' bitwise_or { at a "cannot use a starred expression in a dictionary value" }
| expression a:':' &('}' | ',') { at a "expression expected after dictionary key and ':'" } ;
invalid_kvpair:
  a:expression !':' { at a "':' expected after dictionary key" }
| expression ':' a:'*' bitwise_or { at a "cannot use a starred expression in a dictionary value" }
| expression a:':' &('}' | ',') { at a "expression expected after dictionary key and ':'" } ;

for_if_clauses: for_if_clause+ ;
for_if_clause:
  'async' 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
| 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
| ?invalid_for_target ;
listcomp: '[' named_expression for_if_clauses ']' | ?invalid_comprehension ;
setcomp: '{' named_expression for_if_clauses '}' | ?invalid_comprehension ;
genexp: '(' (assignment_expression | expression !':=') for_if_clauses ')'
| ?invalid_comprehension ;
dictcomp: '{' kvpair for_if_clauses '}'
| ?'{' a:'**' bitwise_or for_if_clauses '}'
    { at a "dict unpacking cannot be used in dict comprehension" } ;
invalid_comprehension:
  ('[' | '(' | '{') a:starred_expression for_if_clauses
    { at a "iterable unpacking cannot be used in comprehension" }
| ('[' | '{') a:star_named_expression ',' star_named_expressions for_if_clauses
    { at a "did you forget parentheses around the comprehension target?" }
| ('[' | '{') a:star_named_expression ',' for_if_clauses
    { at a "did you forget parentheses around the comprehension target?" } ;

arguments*: args [','] &')' | ?invalid_arguments ;
args: ','.(starred_expression | (assignment_expression | expression !':=') !'=')+ [',' kwargs]
| kwargs ;
kwargs: ','.kwarg_or_starred+ ',' ','.kwarg_or_double_starred+ | ','.kwarg_or_starred+
| ','.kwarg_or_double_starred+ ;
starred_expression: '*' expression ;
kwarg_or_starred: ?invalid_kwarg | NAME '=' expression | starred_expression ;
kwarg_or_double_starred: ?invalid_kwarg | NAME '=' expression | '**' expression ;
invalid_arguments:
  a:args ',' '*' { at a "iterable argument unpacking follows keyword argument unpacking" }
| a:expression for_if_clauses ',' [args | expression for_if_clauses]
    { at a "generator expression must be parenthesized" }
| a:NAME '=' expression for_if_clauses
    { at a "invalid syntax, perhaps '==' or ':=' is meant instead of '='" }
| a:args for_if_clauses { generator a }
| args ',' a:expression for_if_clauses { at a "generator expression must be parenthesized" }
| a:args ',' args { arguments a } ;
invalid_kwarg:
  a:('True' | 'False' | 'None') '=' { at a "cannot assign to %" }
| a:NAME '=' expression for_if_clauses
    { at a "invalid syntax, perhaps '==' or ':=' is meant instead of '='" }
| !(NAME '=') a:expression '='
    { at a "expression cannot contain assignment, perhaps you meant \"==\"?" } ;

star_targets: star_target !',' | star_target (',' star_target)* [','] ;
star_targets_list_seq: ','.star_target+ [','] ;
star_targets_tuple_seq: star_target (',' star_target)+ [','] | star_target ',' ;
star_target*: '*' (!'*' star_target) | target_with_star_atom ;
target_with_star_atom*:
  t_primary '.' NAME !t_lookahead
| t_primary '[' slices ']' !t_lookahead
| star_atom ;
star_atom: NAME | '(' target_with_star_atom ')' | '(' [star_targets_tuple_seq] ')'
| '[' [star_targets_list_seq] ']' ;
single_target: single_subscript_attribute_target | NAME | '(' single_target ')' ;
single_subscript_attribute_target:
  t_primary '.' NAME !t_lookahead
| t_primary '[' slices ']' !t_lookahead ;
t_primary*: atom &t_lookahead (trailer &t_lookahead)* ;
t_lookahead: '(' | '[' | '.' ;
del_targets: ','.del_target+ [','] ;
del_target*:
  t_primary '.' NAME !t_lookahead
| t_primary '[' slices ']' !t_lookahead
| del_t_atom ;
del_t_atom: NAME | '(' del_target ')' | '(' [del_targets] ')' | '[' [del_targets] ']' ;
)";

}  // namespace trainlint
