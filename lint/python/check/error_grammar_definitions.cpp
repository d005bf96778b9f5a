#include "lint/python/check/error_grammar.h"

namespace trainlint {

const std::string_view definition_grammar = R"(
decorators: ('@' named_expression NEWLINE)+ ;
class_def: decorators class_def_raw | class_def_raw ;
class_def_raw:
  ?'class' NAME [type_params] ['(' [arguments] ')'] NEWLINE { here "expected ':'" }
| ?a:'class' NAME [type_params] ['(' [arguments] ')'] ':' NEWLINE !INDENT
    { indent a "expected an indented block after class definition on line %" }
| 'class' NAME [type_params] ['(' [arguments] ')'] ':' block ;
function_def: decorators function_def_raw | function_def_raw ;
function_def_raw:
  ?['async'] a:'def' NAME [type_params] '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT
    { indent a "expected an indented block after function definition on line %" }
| 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' block
| 'async' 'def' NAME [type_params] &&'(' [params] ')' ['->' expression] &&':' block ;
type_params: <12 '[' ','.type_param+ [','] ']' ;
type_param: NAME [':' expression] [type_default] | '*' NAME [type_star_default]
| '**' NAME [type_default] ;
type_default: <13 '=' expression ;
type_star_default: <13 '=' star_expression ;

params: ?invalid_parameters | parameters ;
parameters:
  slash_no_default param_no_default* param_with_default* [star_etc]
| slash_with_default param_with_default* [star_etc]
| param_no_default+ param_with_default* [star_etc]
| param_with_default+ [star_etc]
| star_etc ;
slash_no_default: param_no_default+ '/' ',' | param_no_default+ '/' &')' ;
slash_with_default: param_no_default* param_with_default+ '/' ','
| param_no_default* param_with_default+ '/' &')' ;
star_etc:
  ?invalid_star_etc
| '*' param_no_default param_maybe_default* [kwds]
| '*' param_no_default_star_annotation param_maybe_default* [kwds]
| '*' ',' param_maybe_default+ [kwds]
| kwds ;
kwds: ?invalid_kwds | '**' param_no_default ;
param_no_default: param ',' | param &')' ;
param_no_default_star_annotation: param_star_annotation ',' | param_star_annotation &')' ;
param_with_default: param default ',' | param default &')' ;
param_maybe_default: param [default] ',' | param [default] &')' ;
param: NAME [':' expression] ;
param_star_annotation: NAME ':' star_expression ;
default: '=' expression
| ?a:'=' &(')' | ',') { at a "expected default value expression" } ;

invalid_parameters:
  a:'/' ',' { at a "at least one argument must precede /" }
| (slash_no_default | slash_with_default) param_maybe_default* a:'/'
    { at a "/ may appear only once" }
| [slash_no_default] param_no_default* invalid_parameters_helper a:param_no_default
    { at a "parameter without a default follows parameter with a default" }
| param_no_default* a:'(' param_no_default+ [','] ')'
    { at a "function parameters cannot be parenthesized" }
| [slash_no_default | slash_with_default] param_maybe_default* '*' (',' | param_no_default)
    param_maybe_default* a:'/' { at a "/ must be ahead of *" }
| param_maybe_default+ '/' a:'*' { at a "expected comma between / and *" } ;
invalid_parameters_helper: slash_with_default | param_with_default+ ;
invalid_star_etc:
  a:'*' (')' | ',' (')' | '**')) { at a "named arguments must follow bare *" }
| '*' param a:'=' { at a "var-positional argument cannot have default value" }
| '*' (param_no_default | ',') param_maybe_default* a:'*' (param_no_default | ',')
    { at a "* argument may appear only once" } ;
invalid_kwds:
  '**' param a:'=' { at a "var-keyword argument cannot have default value" }
| '**' param ',' a:param { at a "arguments cannot follow var-keyword argument" }
| '**' param ',' a:('*' | '**' | '/') { at a "arguments cannot follow var-keyword argument" } ;

lambdef: 'lambda' [lambda_params] ':' expression ;
lambda_params: ?invalid_lambda_parameters | lambda_parameters ;
lambda_parameters:
  lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* [lambda_star_etc]
| lambda_slash_with_default lambda_param_with_default* [lambda_star_etc]
| lambda_param_no_default+ lambda_param_with_default* [lambda_star_etc]
| lambda_param_with_default+ [lambda_star_etc]
| lambda_star_etc ;
lambda_slash_no_default: lambda_param_no_default+ '/' ',' | lambda_param_no_default+ '/' &':' ;
lambda_slash_with_default: lambda_param_no_default* lambda_param_with_default+ '/' ','
| lambda_param_no_default* lambda_param_with_default+ '/' &':' ;
lambda_star_etc:
  ?invalid_lambda_star_etc
| '*' lambda_param_no_default lambda_param_maybe_default* [lambda_kwds]
| '*' ',' lambda_param_maybe_default+ [lambda_kwds]
| lambda_kwds ;
lambda_kwds: ?invalid_lambda_kwds | '**' lambda_param_no_default ;
lambda_param_no_default: NAME ',' | NAME &':' ;
lambda_param_with_default: NAME default ',' | NAME default &':' ;
lambda_param_maybe_default: NAME [default] ',' | NAME [default] &':' ;

invalid_lambda_parameters:
  a:'/' ',' { at a "at least one argument must precede /" }
| (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* a:'/'
    { at a "/ may appear only once" }
| [lambda_slash_no_default] lambda_param_no_default* invalid_lambda_parameters_helper
    a:lambda_param_no_default
    { at a "parameter without a default follows parameter with a default" }
| lambda_param_no_default* a:'(' ','.NAME+ [','] ')'
    { at a "lambda expression parameters cannot be parenthesized" }
| [lambda_slash_no_default | lambda_slash_with_default] lambda_param_maybe_default* '*'
    (',' | lambda_param_no_default) lambda_param_maybe_default* a:'/'
    { at a "/ must be ahead of *" }
| lambda_param_maybe_default+ '/' a:'*' { at a "expected comma between / and *" } ;
invalid_lambda_parameters_helper: lambda_slash_with_default | lambda_param_with_default+ ;
invalid_lambda_star_etc:
  '*' (':' | ',' (':' | '**')) { here "named arguments must follow bare *" }
| '*' NAME a:'=' { at a "var-positional argument cannot have default value" }
| '*' (lambda_param_no_default | ',') lambda_param_maybe_default* a:'*'
    (lambda_param_no_default | ',') { at a "* argument may appear only once" } ;
invalid_lambda_kwds:
  '**' NAME a:'=' { at a "var-keyword argument cannot have default value" }
| '**' NAME ',' a:NAME { at a "arguments cannot follow var-keyword argument" }
| '**' NAME ',' a:('*' | '**' | '/') { at a "arguments cannot follow var-keyword argument" } ;
)";

const std::string_view pattern_grammar = R"(
match_stmt:
  <10 "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT
| <10 ?"match" subject_expr NEWLINE { here "expected ':'" }
| <10 ?a:"match" subject_expr ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'match' statement on line %" } ;
subject_expr: star_named_expression ',' [star_named_expressions] | named_expression ;
case_block:
  ?"case" patterns [guard] NEWLINE { here "expected ':'" }
| ?a:"case" patterns [guard] ':' NEWLINE !INDENT
    { indent a "expected an indented block after 'case' statement on line %" }
| "case" patterns [guard] ':' block ;
guard: 'if' named_expression ;
patterns: open_sequence_pattern | pattern ;
pattern: as_pattern | or_pattern ;
as_pattern:
  or_pattern 'as' pattern_capture_target
| ?or_pattern 'as' a:"_" { at a "cannot use '_' as a target" }
| ?or_pattern 'as' !NAME a:expression { at a "invalid pattern target" } ;
or_pattern: '|'.closed_pattern+ ;
closed_pattern*:
  literal_expr
| pattern_capture_target
| "_"
| attr !('.' | '(' | '=')
| '(' pattern ')'
| '[' [maybe_sequence_pattern] ']'
| '(' [open_sequence_pattern] ')'
| '{' '}'
| '{' double_star_pattern [','] '}'
| '{' items_pattern ',' double_star_pattern [','] '}'
| '{' items_pattern [','] '}'
| class_pattern ;
literal_expr:
  signed_number !('+' | '-')
| ['-'] real_number ('+' | '-') imaginary_number
| strings
| 'None' | 'True' | 'False' ;
signed_number: NUMBER | '-' NUMBER ;
real_number: a:NUMBER { real a } ;
imaginary_number: a:NUMBER { imaginary a } ;
pattern_capture_target: !"_" NAME !('.' | '(' | '=') ;
attr*: NAME ('.' NAME)+ ;
name_or_attr*: NAME ('.' NAME)* ;
open_sequence_pattern: maybe_star_pattern ',' [maybe_sequence_pattern] ;
maybe_sequence_pattern: ','.maybe_star_pattern+ [','] ;
maybe_star_pattern: star_pattern | pattern ;
star_pattern*: '*' pattern_capture_target | '*' "_" ;
items_pattern: ','.key_value_pattern+ ;
key_value_pattern: (literal_expr | attr) ':' pattern ;
double_star_pattern: '**' pattern_capture_target ;
class_pattern:
  name_or_attr '(' ')'
| name_or_attr '(' positional_patterns [','] ')'
| name_or_attr '(' keyword_patterns [','] ')'
| name_or_attr '(' positional_patterns ',' keyword_patterns [','] ')'
| ?name_or_attr '(' [positional_patterns ','] keyword_patterns ',' a:positional_patterns
    { at a "positional patterns follow keyword patterns" } ;
positional_patterns: ','.pattern+ ;
keyword_patterns: ','.keyword_pattern+ ;
keyword_pattern: NAME '=' pattern ;
)";

}  // namespace trainlint
