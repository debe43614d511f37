"""Our own texts, which the scripts beside this file make golden values of."""

chinese = """清晨的港口还没有完全醒来，渡轮的汽笛声已经在海面上响起。船员们检查缆绳和救生设备，准备把第一批乘客送往北边的小岛。小岛上的居民依靠渡轮运送粮食、药品和信件，渡轮停航一天，小岛的商店就会缺货。去年冬天风暴损坏了码头，政府投资修复码头，并且购买了新的渡轮。
自然语言处理是人工智能的重要方向。研究人员使用神经网络训练语言模型，语言模型可以回答问题、翻译文章、总结新闻。训练语言模型需要大量数据和计算资源，因此许多大学和企业合作建设计算中心。计算中心的能源消耗引起社会关注，研究人员正在寻找更加高效的训练方法。
周末我们去北京大学参观图书馆。图书馆收藏了大量古代文献，管理员介绍文献的修复技术：先清洗纸张，再用特殊的材料填补破损的部分。修复一本古代文献需要几个月时间，所以图书馆培养了很多年轻的修复人员。
足球比赛进行到第八十分钟，主队的前锋接到队友的传球，一脚射门打破了僵局。主队球迷欢呼起来，客队的教练换上两名前锋，但是主队的门将连续扑出三次射门。比赛结束后，教练称赞了门将的表现。
GPU 和 CPU 的价格下降，the price of memory is not falling。公司决定升级服务器，升级服务器以后，网站的访问速度提高了一倍😀。公司的工程师说：“服务器的内存最重要。”
她喜欢在厨房里做面包。面粉、酵母、水和盐，这些简单的材料可以做出香味浓郁的面包。做面包最需要的是耐心：等待面团发酵，等待烤箱升温，等待面包慢慢变凉。""".split("\n")

english = """Ferry services to the northern islands were suspended on Monday. A winter storm damaged the old harbour wall and the ferry terminal. The harbour authority said that repairs to the harbour wall would take three weeks. Islanders depend on the ferry services for food, medicine and mail. "We can manage for a few days," said Anna Berg, who runs the island shop. The harbour authority will charter a smaller ferry until the repairs to the ferry terminal are finished.
Language models learn statistics of text from large collections of documents. A language model predicts the next word of a sentence, and training a language model needs many graphics processors. Researchers at small universities rarely own graphics processors. They share pretrained models instead, and adapt pretrained models to new tasks with small collections of documents. Adapting models to new tasks is cheaper than training models.
Bread needs flour, water, salt and time. A baker who rushes the dough will get a flat loaf. Slow fermentation gives the dough flavour, because wild yeast and bacteria work at a low temperature. The baker folds the dough every hour, shapes the loaf in the evening, and bakes the loaf in a hot oven the next morning. Good flour and slow fermentation matter more than an expensive oven.
The midfield of Harbour United controlled the match from the first minute. Striker Lena Holm scored twice before half-time, and goalkeeper Ida Noor saved a penalty kick. Coach Berg praised the midfield after the match. "Our midfield won the match," Berg said. Harbour United now lead the northern league by four points. The northern league resumes in March with a match between Harbour United and FC Ferry.
A state-of-the-art battery stores energy from wind turbines. Energy storage smooths the supply when the wind drops, so that the grid operator burns less gas. The grid operator paid $40 million for 12 battery containers in 2021. Each battery container holds lithium cells, cooling pumps and a control unit. The control unit talks to the grid operator every 5 seconds. Don't open the battery container: the cells can't be repaired on site. 😀 Engineers of the U.S. supplier visit twice a year!""".split("\n")

stopwords = """a about after and are as at be because before between by can don every few for from get her how in instead is it less many more
now of on our said so than that the they this to until was we were when who will with would you your not no an""".split()
