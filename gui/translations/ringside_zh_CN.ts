<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Board</name>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>%1: a click lists what has been counted</source>
        <translation>%1：点击可列出计入的事件</translation>
    </message>
    <message>
        <source>× %1: %2 → %3 of what is offered</source>
        <translation>× %1：占送来流量的 %2 → %3</translation>
    </message>
</context>
<context>
    <name>Budget</name>
    <message>
        <source>No packet came through, or the line has no rate: there is no budget.</source>
        <translation>没有分组通过，或线路没有速率：无预算可言。</translation>
    </message>
    <message>
        <source>A packet costs %1 or less, the line leaves %2.</source>
        <translation>一个分组花费不超过 %1，线路给出 %2。</translation>
    </message>
    <message>
        <source>A packet costs %1, the line leaves %2: %3 times too much.</source>
        <translation>一个分组花费 %1，线路只给出 %2：是其 %3 倍。</translation>
    </message>
    <message>
        <source>A packet costs %1, the line leaves %2: it can keep up.</source>
        <translation>一个分组花费 %1，线路给出 %2：跟得上。</translation>
    </message>
    <message>
        <source>Line: (%1 + %2 octets) × 8 ÷ %3 = %4 for a frame, %5</source>
        <translation>线路：(%1 + %2 字节) × 8 ÷ %3 = 每帧 %4，%5</translation>
    </message>
    <message>
        <source>Path: cpu %1, the busiest, worked %2 for %3 packets = %4 each</source>
        <translation>路径：最忙的 cpu %1 为 %3 个分组工作了 %2 = 每个 %4</translation>
    </message>
    <message>
        <source>It polls without a break and loses nothing: it can take %1, or more.</source>
        <translation>它不停轮询且没有丢失：可承受 %1，或更多。</translation>
    </message>
    <message>
        <source>At that cost it can take %1 at most.</source>
        <translation>按此花费最多可承受 %1。</translation>
    </message>
    <message>
        <source>Path: cpu %1, the busiest, worked %2 for its only packet</source>
        <translation>路径：最忙的 cpu %1 为仅有的一个分组工作了 %2</translation>
    </message>
</context>
<context>
    <name>Bytes</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>as seen at %1</source>
        <translation>见于%1</translation>
    </message>
    <message>
        <source>%1 changed since it was first seen</source>
        <translation>自首次看到以来 %1 已改变</translation>
    </message>
    <message>
        <source>%1 octets</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>1 octet</source>
        <translation>1 字节</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>Lock the sides by time, packet, milestone</source>
        <translation>各侧同步：按时间、按分组、按里程碑</translation>
    </message>
    <message>
        <source>First path alone</source>
        <translation>只看第一条路径</translation>
    </message>
    <message>
        <source>Second path alone</source>
        <translation>只看第二条路径</translation>
    </message>
    <message>
        <source>Third path alone</source>
        <translation>只看第三条路径</translation>
    </message>
    <message>
        <source>Fourth path alone</source>
        <translation>只看第四条路径</translation>
    </message>
    <message>
        <source>Open a recording or a scenario…</source>
        <translation>打开录像或场景…</translation>
    </message>
    <message>
        <source>Export the picture…</source>
        <translation>导出画面…</translation>
    </message>
    <message>
        <source>Export a capture…</source>
        <translation>导出抓包…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Play backwards</source>
        <translation>倒放</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>下一个事件</translation>
    </message>
    <message>
        <source>Event before</source>
        <translation>上一个事件</translation>
    </message>
    <message>
        <source>To the beginning</source>
        <translation>到开头</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>到结尾</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>慢一些</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>快一些</translation>
    </message>
    <message>
        <source>Go on until…</source>
        <translation>继续直到…</translation>
    </message>
    <message>
        <source>To the next such moment</source>
        <translation>到下一个这样的时刻</translation>
    </message>
    <message>
        <source>To the last such moment before</source>
        <translation>到上一个这样的时刻</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>重新运行</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>所有命令…</translation>
    </message>
    <message>
        <source>English, Chinese, both</source>
        <translation>英文、中文、双语</translation>
    </message>
    <message>
        <source>Light, dark, high contrast</source>
        <translation>浅色、深色、高对比度</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>All stages of the path</source>
        <translation>显示路径的全部阶段</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Stage and timeline, or one of them alone</source>
        <translation>舞台与时间线，或只看其一</translation>
    </message>
    <message>
        <source>All commands and their keys</source>
        <translation>所有命令及其按键</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Journey</source>
        <translation>旅程</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>记分板</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Next milestone of the packet</source>
        <translation>该分组的下一个里程碑</translation>
    </message>
    <message>
        <source>Milestone of the packet before</source>
        <translation>该分组的上一个里程碑</translation>
    </message>
    <message>
        <source>Next packet</source>
        <translation>下一个分组</translation>
    </message>
    <message>
        <source>Packet before</source>
        <translation>上一个分组</translation>
    </message>
    <message>
        <source>Follow the packet while playing</source>
        <translation>播放时跟随该分组</translation>
    </message>
    <message>
        <source>Timeline: a shorter time</source>
        <translation>时间线：放大</translation>
    </message>
    <message>
        <source>Timeline: a longer time</source>
        <translation>时间线：缩小</translation>
    </message>
    <message>
        <source>Timeline: earlier</source>
        <translation>时间线：更早</translation>
    </message>
    <message>
        <source>Timeline: later</source>
        <translation>时间线：更晚</translation>
    </message>
    <message>
        <source>Timeline: the whole run</source>
        <translation>时间线：整次运行</translation>
    </message>
    <message>
        <source>Set marker A, then B</source>
        <translation>设标记 A，再设标记 B</translation>
    </message>
    <message>
        <source>Remove the markers</source>
        <translation>清除标记</translation>
    </message>
    <message>
        <source>Timeline: what is between the markers</source>
        <translation>时间线：标记之间</translation>
    </message>
    <message>
        <source>Set or remove a bookmark</source>
        <translation>设置或取消书签</translation>
    </message>
    <message>
        <source>Open a recording beside those that are shown…</source>
        <translation>在旁边打开录像…</translation>
    </message>
    <message>
        <source>Change the keys…</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <source>Next bookmark</source>
        <translation>下一个书签</translation>
    </message>
    <message>
        <source>Bookmark before</source>
        <translation>上一个书签</translation>
    </message>
    <message>
        <source>Copy the command that opens this moment</source>
        <translation>复制打开此刻的命令</translation>
    </message>
    <message>
        <source>The next host</source>
        <translation>下一台主机</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>参数扫描</translation>
    </message>
    <message>
        <source>Run or stop the sweep</source>
        <translation>运行或停止参数扫描</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索资料库</translation>
    </message>
    <message>
        <source>Explain what is under the mouse, or the last event</source>
        <translation>解释鼠标所指之处，或上一个事件</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>The sides keep step by packet: as long after its arrival.</source>
        <translation>各侧按分组同步：到达之后经过同样长的时间。</translation>
    </message>
    <message>
        <source>The sides keep step by milestone: in the same lane.</source>
        <translation>各侧按里程碑同步：处在同一泳道。</translation>
    </message>
    <message>
        <source>The sides keep step by time.</source>
        <translation>各侧按时间同步。</translation>
    </message>
    <message>
        <source>Add a path with + above the stage: the same packet is compared on both.</source>
        <translation>用舞台上方的 + 添加一条路径：同一个分组在两条路径上比较。</translation>
    </message>
    <message>
        <source>No packet has arrived yet: go on, or click one in the stage.</source>
        <translation>还没有分组到达：请继续播放，或在舞台上点选一个。</translation>
    </message>
    <message>
        <source>There is nothing to compare with: add a path with + above the stage, or with a double click on one in the library.</source>
        <translation>没有可比较的对象：用舞台上方的 + 添加一条路径，或在资料库中双击一条。</translation>
    </message>
    <message>
        <source>There are %1 paths, and no number %2.</source>
        <translation>有 %1 条路径，没有第 %2 条。</translation>
    </message>
</context>
<context>
    <name>Journey</name>
    <message>
        <source>waits: %1</source>
        <translation>等待：%1</translation>
    </message>
    <message>
        <source>on the wire</source>
        <translation>在线路上</translation>
    </message>
    <message>
        <source>the program has it</source>
        <translation>程序已取得</translation>
    </message>
    <message>
        <source>dropped: %1</source>
        <translation>丢弃：%1</translation>
    </message>
    <message>
        <source>the wire ends here</source>
        <translation>线路到此为止</translation>
    </message>
    <message>
        <source>used up</source>
        <translation>处理完毕</translation>
    </message>
    <message>
        <source>%1 octets</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 帧</translation>
    </message>
    <message>
        <source>interrupted for %1</source>
        <translation>被打断 %1</translation>
    </message>
    <message>
        <source>held back: %1</source>
        <translation>被留在：%1</translation>
    </message>
    <message>
        <source>1 octet</source>
        <translation>1 字节</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Open a scenario: double-click one in the library, or press Ctrl+K</source>
        <translation>打开一个场景：在资料库中双击，或按 Ctrl+K</translation>
    </message>
    <message>
        <source>Choose a packet: click one on the stage, or press Ctrl+→</source>
        <translation>选择一个分组：在舞台上点选，或按 Ctrl+→</translation>
    </message>
    <message>
        <source>This recording has no packet %1.</source>
        <translation>这份录像中没有分组 %1。</translation>
    </message>
    <message>
        <source>This recording has no octets of packets. Run the scenario again to have them.</source>
        <translation>这份录像没有分组的字节。重新运行场景即可得到。</translation>
    </message>
    <message>
        <source>Not seen yet at this moment. Its octets are known from the first stage on.</source>
        <translation>此刻尚未看到。从第一个阶段起才知道它的字节。</translation>
    </message>
    <message>
        <source>It runs: what it has done is here as soon as it is done</source>
        <translation>正在运行：完成后结果显示在这里</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a host, and a stage of it</comment>
        <translation>%1 的“%2”</translation>
    </message>
    <message>
        <source>It did not run: the stage says why</source>
        <translation>未能运行：原因见舞台</translation>
    </message>
</context>
<context>
    <name>Scrubber</name>
    <message>
        <source>The recording is being read…</source>
        <translation>正在读取录像…</translation>
    </message>
    <message>
        <source>Packets are lost from here on</source>
        <translation>从这里开始丢包</translation>
    </message>
    <message>
        <source>Bookmark: %1</source>
        <translation>书签：%1</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Open a scenario: double-click one in the library, or press Ctrl+K</source>
        <translation>打开一个场景：在资料库中双击，或按 Ctrl+K</translation>
    </message>
    <message>
        <source>Running %1…</source>
        <translation>正在运行 %1…</translation>
    </message>
</context>
<context>
    <name>Sweep</name>
    <message>
        <source>refused with %1 for lack of %2: %3</source>
        <translation>被拒绝，%1，因缺少 %2：%3</translation>
    </message>
    <message>
        <source>stopped before its end</source>
        <translation>未运行到结束</translation>
    </message>
    <message>
        <source>%1 does not hold</source>
        <translation>%1 不成立</translation>
    </message>
    <message>
        <source>the left-hand side is %1</source>
        <translation>左边为 %1</translation>
    </message>
    <message>
        <source> (seed %1)</source>
        <translation>（种子 %1）</translation>
    </message>
    <message>
        <source>Open a scenario: double-click one in the library, or press Ctrl+K</source>
        <translation>打开一个场景：在资料库中双击，或按 Ctrl+K</translation>
    </message>
    <message>
        <source>The points are being loaded …</source>
        <translation>正在载入各点……</translation>
    </message>
    <message>
        <source>Choose what varies and over which values, then run the sweep: each point is a run of its own</source>
        <translation>选择变化的参数及其取值，然后运行扫描：每个点是一次独立运行</translation>
    </message>
    <message>
        <source>what is offered</source>
        <translation>到达总量</translation>
    </message>
    <message>
        <source>what the line carries</source>
        <translation>线路所能承载</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 随 %2 的变化</translation>
    </message>
    <message>
        <source>run %1 of %2</source>
        <translation>第 %1 次运行，共 %2 次</translation>
    </message>
    <message>
        <source>stopped: %1 of %2 runs are there</source>
        <translation>已停止：完成 %1 次运行，共 %2 次</translation>
    </message>
    <message>
        <source>Band: where the mean of %1 seeds lies with a confidence of 95 %</source>
        <translation>色带：%1 个种子的均值的 95 % 置信区间</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>not there yet</source>
        <translation>尚无结果</translation>
    </message>
    <message>
        <source> (%1 to %2)</source>
        <translation>（%1 至 %2）</translation>
    </message>
    <message>
        <source> (logarithmic)</source>
        <translation>（对数坐标）</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>No recording: the run failed</source>
        <translation>没有录像：运行失败</translation>
    </message>
    <message>
        <source>Running %1…</source>
        <translation>正在运行 %1…</translation>
    </message>
    <message>
        <source>Its time line appears as soon as the run is complete.</source>
        <translation>运行完成后即显示时间线。</translation>
    </message>
    <message>
        <source>No recording yet</source>
        <translation>还没有录像</translation>
    </message>
    <message>
        <source>Open a scenario from the library, or a recording: its run appears here over time.</source>
        <translation>从资料库打开场景，或打开录像：运行过程将在此按时间展开。</translation>
    </message>
    <message>
        <source>The recording is being read; zoom in to see its events meanwhile.</source>
        <translation>正在读取录像；此时可放大查看其中的事件。</translation>
    </message>
    <message>
        <source>a thread, %1</source>
        <translation>线程，%1</translation>
    </message>
    <message>
        <source>softirq, %1</source>
        <translation>软中断，%1</translation>
    </message>
    <message>
        <source>hard interrupt, %1</source>
        <translation>硬中断，%1</translation>
    </message>
    <message>
        <source>on the wire</source>
        <translation>在线路上</translation>
    </message>
    <message>
        <source>Packet %1: %2</source>
        <translation>分组 %1：%2</translation>
    </message>
    <message>
        <source>A system call on core %1</source>
        <translation>核 %1 上的一次系统调用</translation>
    </message>
    <message>
        <source>The interrupt is masked</source>
        <translation>中断被屏蔽</translation>
    </message>
    <message>
        <source>Packet %1 waits</source>
        <translation>分组 %1 在等待</translation>
    </message>
    <message>
        <source>no packet&apos;s way ended here between A and B</source>
        <translation>A 与 B 之间没有分组在此走完</translation>
    </message>
    <message>
        <source>%1 packets ended</source>
        <translation>%1 个分组走完</translation>
    </message>
    <message>
        <source>the first %1 packets that ended</source>
        <translation>最先走完的 %1 个分组</translation>
    </message>
    <message>
        <source>latency: mean %1</source>
        <translation>时延：平均 %1</translation>
    </message>
    <message>
        <source>min %1</source>
        <translation>最小 %1</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>packets of a queue&apos;s capacity</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>It holds %1</source>
        <translation>容量为 %1</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>丢失 %1</translation>
    </message>
    <message>
        <source>Congestion window of connection %1 of %2</source>
        <translation>%2 的连接 %1 的拥塞窗口</translation>
    </message>
    <message>
        <source>At most %1 at a time</source>
        <translation>最大时为 %1</translation>
    </message>
    <message>
        <source>Dashed: where slow start ends (ssthresh)</source>
        <translation>虚线：慢启动到此为止（ssthresh）</translation>
    </message>
    <message>
        <source>%1 % of it in user mode, %2 % in system calls</source>
        <translation>其中 %1 % 在用户态，%2 % 在系统调用中</translation>
    </message>
    <message>
        <source>What core %1 has done. From above: threads in user mode, threads in system calls, softirqs, hard interrupts; nothing: it was idle</source>
        <translation>核 %1 做了什么。自上而下：用户态线程、系统调用中的线程、软中断、硬中断；空白：空闲</translation>
    </message>
    <message>
        <source>1 packet ended</source>
        <translation>1 个分组走完</translation>
    </message>
    <message>
        <source>Packets that waited in it at a time, at most: %1</source>
        <translation>同时在其中等待的分组最多：%1</translation>
    </message>
    <message>
        <source>Lost, as there was no room: %1</source>
        <translation>因没有空位而丢失：%1</translation>
    </message>
</context>
<context>
    <name>ringside::window::BoardTable</name>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
</context>
<context>
    <name>ringside::window::ComparisonPanel</name>
    <message>
        <source>Comparison of one packet</source>
        <translation>同一个分组的比较</translation>
    </message>
</context>
<context>
    <name>ringside::window::EventTable</name>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>发生了什么</translation>
    </message>
</context>
<context>
    <name>ringside::window::Exports</name>
    <message>
        <source>Frames written: %1</source>
        <translation>已写入 %1 帧</translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation>导出画面</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png *.json)</source>
        <translation>图片 (*.svg *.png *.json)</translation>
    </message>
    <message>
        <source>Export a capture</source>
        <translation>导出抓包</translation>
    </message>
    <message>
        <source>Captures (*.pcap)</source>
        <translation>抓包文件 (*.pcap)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Nothing is open yet.</source>
        <translation>目前什么都没有打开。</translation>
    </message>
</context>
<context>
    <name>ringside::window::JourneyTable</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Since its first bit</source>
        <translation>距第一个比特</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>持续多久</translation>
    </message>
    <message>
        <source>Where packet %1 is</source>
        <translation>分组 %1 在哪里</translation>
    </message>
</context>
<context>
    <name>ringside::window::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>Standard key</source>
        <translation>默认按键</translation>
    </message>
    <message>
        <source>New key:</source>
        <translation>新按键：</translation>
    </message>
    <message>
        <source>%1 is the key of “%2”. Choose another one, or give that command another key first.</source>
        <translation>%1 已是“%2”的按键。请选择其他按键，或先更改该命令的按键。</translation>
    </message>
</context>
<context>
    <name>ringside::window::LibraryPanel</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索资料库</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>路径</translation>
    </message>
</context>
<context>
    <name>ringside::window::MainWindow</name>
    <message>
        <source>This recording cannot be opened</source>
        <translation>无法打开这份录像</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Ringside</source>
        <translation>Ringside</translation>
    </message>
    <message>
        <source>Open scenario %1</source>
        <translation>打开场景 %1</translation>
    </message>
    <message>
        <source>Compare with path %1</source>
        <translation>与路径 %1 比较</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Recordings and scenarios (*.rstrace *.yaml)</source>
        <translation>录像与场景 (*.rstrace *.yaml)</translation>
    </message>
    <message>
        <source>Recordings (*.rstrace)</source>
        <translation>录像 (*.rstrace)</translation>
    </message>
    <message>
        <source>Nothing is open yet.</source>
        <translation>目前什么都没有打开。</translation>
    </message>
    <message>
        <source>Nothing more is known of this. Try a stage or a queue.</source>
        <translation>没有更多说明。请指向某个阶段或队列。</translation>
    </message>
    <message>
        <source>Not on %1. It runs on: %2. Why: %3</source>
        <translation>%1 不适用。可用的路径：%2。原因：%3</translation>
    </message>
</context>
<context>
    <name>ringside::window::Notes</name>
    <message>
        <source>Ringside: notes</source>
        <translation>Ringside：讲者备注</translation>
    </message>
    <message>
        <source>bookmark %1 of %2</source>
        <translation>书签 %1 / %2</translation>
    </message>
    <message>
        <source>%1  ·  event %2 of %3</source>
        <translation>%1  ·  事件 %2 / %3</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>That was the last.</source>
        <translation>这是最后一个。</translation>
    </message>
    <message>
        <source>Page Down and Page Up: on and back. B: black. L, held: spotlight. Space: play. Esc: end.</source>
        <translation>Page Down、Page Up：前进、后退。B：黑屏。按住 L：聚光灯。空格：播放。Esc：结束。</translation>
    </message>
</context>
<context>
    <name>ringside::window::Palette</name>
    <message>
        <source>A command, a scenario, a path; 12.4us; packet 17; drop; queue(rx ring) &gt; 90%</source>
        <translation>命令、场景、路径；12.4us；packet 17；drop；queue(rx ring) &gt; 90%</translation>
    </message>
    <message>
        <source>Enter goes on until “%1”; ↓ chooses from the list.</source>
        <translation>按 Enter 前进到“%1”；↓ 从列表中选择。</translation>
    </message>
    <message>
        <source>Nothing in the list has this; Enter takes it for a condition or a file.</source>
        <translation>列表中没有；按 Enter 则当作条件或文件。</translation>
    </message>
</context>
<context>
    <name>ringside::window::ParameterPanel</name>
    <message>
        <source>Open a scenario to change it.</source>
        <translation>打开一个场景即可修改参数。</translation>
    </message>
    <message>
        <source>The path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>恢复为 %1</translation>
    </message>
</context>
<context>
    <name>ringside::window::Runs</name>
    <message>
        <source>Four paths are the most that can be compared.</source>
        <translation>最多比较四条路径。</translation>
    </message>
    <message>
        <source>Open a scenario first, then a path to run it on.</source>
        <translation>请先打开一个场景，再选择运行它的路径。</translation>
    </message>
</context>
<context>
    <name>ringside::window::ScrubberBar</name>
    <message>
        <source>The whole run</source>
        <translation>整次运行</translation>
    </message>
</context>
<context>
    <name>ringside::window::SidesBar</name>
    <message>
        <source>Add a path</source>
        <translation>添加路径</translation>
    </message>
    <message>
        <source>Four paths are the most that can be compared.</source>
        <translation>最多比较四条路径。</translation>
    </message>
    <message>
        <source>Run the same scenario on one more path, side by side</source>
        <translation>让同一场景再在一条路径上运行，并排显示</translation>
    </message>
    <message>
        <source>Path %1: %2</source>
        <translation>路径 %1：%2</translation>
    </message>
    <message>
        <source>Show %1 alone, or all of them again (%2)</source>
        <translation>只看 %1，或重新显示全部 (%2)</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>packet</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>milestone</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>All sides stand at the same time.</source>
        <translation>各侧处于同一时刻。</translation>
    </message>
    <message>
        <source>Each side stands as long after the arrival of the packet as the first one does.</source>
        <translation>各侧与第一侧一样，处在该分组到达之后同样长的时刻。</translation>
    </message>
    <message>
        <source>On each side the packet has just come to the same lane.</source>
        <translation>各侧的分组都刚到达同一泳道。</translation>
    </message>
    <message>
        <source>lock:</source>
        <translation>同步：</translation>
    </message>
    <message>
        <source>Lock by %1</source>
        <translation>按%1同步</translation>
    </message>
    <message>
        <source>%1 and what is built on it</source>
        <translation>%1 及以它为基础的路径</translation>
    </message>
</context>
<context>
    <name>ringside::window::StagePane</name>
    <message>
        <source>Stage</source>
        <translation>舞台</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Paths shown: %1 of %2. Keys: %3</source>
        <translation>显示 %2 条路径中的 %1 条。按键：%3</translation>
    </message>
</context>
<context>
    <name>ringside::window::SweepCanvas</name>
    <message>
        <source>Curves of the sweep</source>
        <translation>扫描曲线</translation>
    </message>
</context>
<context>
    <name>ringside::window::SweepPanel</name>
    <message>
        <source>Shown at its first drop.</source>
        <translation>显示其首次丢包处。</translation>
    </message>
    <message>
        <source>Nothing is dropped in its first milliseconds.</source>
        <translation>最初几毫秒内没有丢包。</translation>
    </message>
    <message>
        <source>Click a point, or choose it with the arrow keys and press Enter.</source>
        <translation>点击一个点，或用方向键选择后按回车。</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>over</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>seeds</source>
        <translation>种子数</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run the sweep</source>
        <translation>运行扫描</translation>
    </message>
    <message>
        <source>1000..12000/1000, or even,poisson</source>
        <translation>1000..12000/1000，或 even,poisson</translation>
    </message>
    <message>
        <source>What varies</source>
        <translation>变化的参数</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Seeds for each point</source>
        <translation>每点的种子数</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Other paths or other settings by now: run the sweep again to see them.</source>
        <translation>路径或设置已改变：重新运行扫描即可看到。</translation>
    </message>
    <message>
        <source>This scenario varies nothing: choose one of its keys, and values.</source>
        <translation>该场景没有变化的参数：请选择一个参数及其取值。</translation>
    </message>
    <message>
        <source>Expected a key, and values such as 64..512/64 or even,poisson.</source>
        <translation>需要一个参数，以及取值，例如 64..512/64 或 even,poisson。</translation>
    </message>
    <message>
        <source>Running with %1=%2 …</source>
        <translation>正在以 %1=%2 运行……</translation>
    </message>
</context>
<context>
    <name>ringside::window::SweepTable</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Not as it should be</source>
        <translation>异常</translation>
    </message>
</context>
<context>
    <name>ringside::window::Tables</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Journey</source>
        <translation>旅程</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>记分板</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Only what this figure has counted is listed. Click here to list all events.</source>
        <translation>仅列出该数字计入的事件。点击此处可列出全部事件。</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>参数扫描</translation>
    </message>
</context>
<context>
    <name>ringside::window::TimelinePane</name>
    <message>
        <source>Rows of the timeline</source>
        <translation>时间线的各行</translation>
    </message>
</context>
<context>
    <name>ringside::window::Transport</name>
    <message>
        <source>To scale</source>
        <translation>按比例</translation>
    </message>
    <message>
        <source>By event</source>
        <translation>按事件</translation>
    </message>
    <message>
        <source>By event: each event has the same time on the screen. To scale: the clock of the run, slowed down.</source>
        <translation>按事件：每个事件在屏幕上占同样的时间。按比例：放慢的运行时钟。</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>1 s on screen = %1</source>
        <translation>屏幕 1 s = %1</translation>
    </message>
    <message>
        <source>%1 events a second</source>
        <translation>每秒 %1 个事件</translation>
    </message>
    <message>
        <source>%1  ·  event %2 of %3</source>
        <translation>%1  ·  事件 %2 / %3</translation>
    </message>
    <message>
        <source>1 event a second</source>
        <translation>每秒 1 个事件</translation>
    </message>
</context>
<context>
    <name>ringside::window::Until</name>
    <message>
        <source>There is no further “%1” in this recording.</source>
        <translation>这份录像中再没有“%1”。</translation>
    </message>
    <message>
        <source>Expected a command, a scenario or a file: nothing is open yet</source>
        <translation>应为命令、场景或文件：目前什么都没有打开</translation>
    </message>
    <message>
        <source>Nothing is open yet.</source>
        <translation>目前什么都没有打开。</translation>
    </message>
</context>
</TS>
