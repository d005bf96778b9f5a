#include "lint/python/check/error_grammar.h"

namespace trainlint {

const std::string_view statement_grammar = R"(
file: [statements] END ;
statements: statement+ ;
statement: compound_stmt | simple_stmts ;
simple_stmts: simple_stmt !';' NEWLINE | ';'.simple_stmt+ [';'] NEWLINE ;
simple_stmt*:
  assignment
| <12 &"type" type_alias
| star_expressions
| &'return' 'return' [star_expressions]
| &('import' | 'from') import_stmt
| &'raise' raise_stmt
| 'pass'
| &'del' del_stmt
| &'yield' yield_expr
| &'assert' 'assert' expression [',' expression]
| 'break'
| 'continue'
| &'global' 'global' ','.NAME+
| &'nonlocal' 'nonlocal' ','.NAME+ ;
compound_stmt:
  &('def' | '@' | 'async') function_def
| &'if' if_stmt
| &('class' | '@') class_def
| &('with' | 'async') with_stmt
| &('for' | 'async') for_stmt
| &'try' try_stmt
| &'while' while_stmt
| match_stmt ;

assignment:
  NAME ':' expression ['=' annotated_rhs]
| ('(' single_target ')' | single_subscript_attribute_target) ':' expression ['=' annotated_rhs]
| (star_targets '=')+ annotated_rhs !'='
| single_target augassign ~ annotated_rhs
| ?invalid_assignment ;
annotated_rhs: yield_expr | star_expressions ;
augassign: '+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**='
| '//=' ;
raise_stmt: 'raise' expression ['from' expression] | 'raise' ;
del_stmt: 'del' del_targets &(';' | NEWLINE) | ?'del' a:star_expressions { delete a } ;
import_stmt: import_name | import_from ;
import_name: <13 ?'import' ','.dotted_name+ 'from' dotted_name
    { here "invalid syntax, perhaps 'from ... import ...' is meant" }
| 'import' ','.dotted_as_name+ ;
import_from: 'from' ('.' | '...')* dotted_name 'import' import_from_targets
| 'from' ('.' | '...')+ 'import' import_from_targets ;
import_from_targets:
  '(' import_from_as_names [','] ')'
| import_from_as_names !','
| '*'
| ?import_from_as_names ',' NEWLINE
    { here "trailing comma not allowed without surrounding parentheses" } ;
import_from_as_names: ','.import_from_as_name+ ;
import_from_as_name: NAME ['as' NAME] ;
dotted_as_name: dotted_name ['as' NAME] ;
dotted_name*: NAME ('.' NAME)* ;
type_alias: "type" NAME [type_params] '=' expression ;

invalid_assignment:
  a:invalid_ann_assign_target ':' expression { at a "only single target (not %) can be annotated" }
| a:star_named_expression ',' star_named_expressions* ':' expression
    { at a "only single target (not tuple) can be annotated" }
| a:expression ':' expression { at a "illegal target for annotation" }
| (star_targets '=')* a:star_expressions '=' { assign a }
| (star_targets '=')* a:yield_expr '=' { at a "assignment to yield expression not possible" }
| a:star_expressions augassign annotated_rhs
    { at a "'%' is an illegal expression for augmented assignment" } ;
invalid_ann_assign_target: list | tuple | '(' invalid_ann_assign_target ')' ;

block*: NEWLINE INDENT statements DEDENT | simple_stmts
| ?NEWLINE !INDENT { indent - "expected an indented block" } ;

if_stmt:
  ?'if' named_expression NEWLINE { here "expected ':'" }
| ?a:'if' named_expression ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'if' statement on line %" }
| 'if' named_expression ':' block elif_stmt
| 'if' named_expression ':' block [else_block] ;
elif_stmt:
  ?'elif' named_expression NEWLINE { here "expected ':'" }
| ?a:'elif' named_expression ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'elif' statement on line %" }
| 'elif' named_expression ':' block elif_stmt
| 'elif' named_expression ':' block [else_block] ;
else_block:
  ?a:'else' ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'else' statement on line %" }
| 'else' &&':' block ;
while_stmt:
  ?'while' named_expression NEWLINE { here "expected ':'" }
| ?a:'while' named_expression ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'while' statement on line %" }
| 'while' named_expression ':' block [else_block] ;
for_stmt:
  ?['async'] 'for' star_targets 'in' star_expressions NEWLINE { here "expected ':'" }
| ?['async'] a:'for' star_targets 'in' star_expressions ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'for' statement on line %" }
| 'for' star_targets 'in' ~ star_expressions ':' block [else_block]
| 'async' 'for' star_targets 'in' ~ star_expressions ':' block [else_block]
| ?invalid_for_target ;
invalid_for_target: ['async'] 'for' a:star_expressions { for a } ;

with_stmt:
  ?['async'] a:'with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'with' statement on line %" }
| ?['async'] a:'with' '(' ','.(expressions ['as' star_target])+ [','] ')' ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'with' statement on line %" }
| 'with' '(' ','.with_item+ [','] ')' ':' block
| 'with' ','.with_item+ ':' block
| 'async' 'with' '(' ','.with_item+ [','] ')' ':' block
| 'async' 'with' ','.with_item+ ':' block
| ?['async'] 'with' ','.(expression ['as' star_target])+ NEWLINE { here "expected ':'" }
| ?['async'] 'with' '(' ','.(expressions ['as' star_target])+ [','] ')' NEWLINE
    { here "expected ':'" } ;
with_item:
  expression 'as' star_target &(',' | ')' | ':')
| ?expression 'as' a:expression &(',' | ')' | ':') { assign a }
| expression ;

try_stmt:
  ?a:'try' ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'try' statement on line %" }
| ?'try' ':' block !('except' | 'finally') { here "expected 'except' or 'finally' block" }
| ?'try' ':' block* except_block+ a:'except' '*' expression ['as' NAME] ':'
    { at a "cannot have both 'except' and 'except*' on the same 'try'" }
| ?'try' ':' block* except_star_block+ a:'except' [expression ['as' NAME]] ':'
    { at a "cannot have both 'except' and 'except*' on the same 'try'" }
| 'try' &&':' block finally_block
| 'try' &&':' block except_block+ [else_block] [finally_block]
| 'try' &&':' block except_star_block+ [else_block] [finally_block] ;
except_block:
  ?a:'except' expression ['as' NAME] ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'except' statement on line %" }
| ?a:'except' ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'except' statement on line %" }
| 'except' expression ['as' NAME] ':' block
| <14 'except' expressions ':' block
| 'except' ':' block
| ?invalid_except_stmt ;
except_star_block:
  ?a:'except' '*' expression ['as' NAME] ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'except*' statement on line %" }
| 'except' '*' expression ['as' NAME] ':' block
| <14 'except' '*' expressions ':' block
| ?invalid_except_stmt ;
invalid_except_stmt:
  'except' ['*'] a:expression ',' expressions ['as' NAME] ':'
    { at a "multiple exception types must be parenthesized" }
| 'except' ['*'] expression ['as' NAME] NEWLINE { here "expected ':'" }
| 'except' NEWLINE { here "expected ':'" }
| 'except' '*' (NEWLINE | ':') { here "expected one or more exception types" } ;
finally_block:
  ?a:'finally' ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'finally' statement on line %" }
| 'finally' &&':' block ;
)";

}  // namespace trainlint
