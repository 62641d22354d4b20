VAR asked = false
-> opening
=== opening
这个价格太贵了。 # 客户
- (again)
*   [您主要担心哪一块？] 您主要担心哪一块？ # 销售
    ~ asked = true
    今年的预算只剩八万了。 # 客户
    -> again
+   [今天天气不错。] -> weather -> again
*   {asked} [先做一期，明年再扩。] -> close
=== weather
{~嗯。|是啊。|还行。|有点闷。}骰子：{RANDOM(1, 1000)}
->->
=== close
好，发合同吧。 # 客户
-> END
