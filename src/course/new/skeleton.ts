/** What `glassbox new` writes: a small lab that runs, lints clean, and shows each block that a lab begins with. */

/** lab.md; `title` as YAML writes it. */
export const english = (id: string, title: string): string => `---
format: 1
id: ${id}
title: ${title}
question: Who else sees the new name?
minutes: 5
sources: []
requires: {root: true, namespaces: [uts], tools: [hostname]}
vars:
  name: {pick: [tiger, panda, lynx, otter]}
---

<!-- What is written like this is for authors only. Every block is explained in docs/writing-labs.md. -->

One or two sentences that say what the learner will find out.

## The first step

<a id="first"></a>

Say what is about to happen, and why one should care. Begin with nothing isolated, and add one thing at a time.

\`\`\`yaml container #box
process: {args: [sh]}
linux: {namespaces: [{type: uts}]}
without: [uts]
\`\`\`

\`\`\`yaml predict #guess
ask: "The container calls itself \${name}. What does \`hostname\` say on the host afterwards?"
choices:
  - {id: old, text: "what it said before", when: "host.hostname == before.host.hostname"}
  - {id: new, text: "\${name}", when: "host.hostname == vars.name && before.host.hostname != vars.name"}
because: The reason, said after the kernel has answered.
\`\`\`

\`\`\`sh run #rename on=box
hostname \${name}
\`\`\`

\`\`\`sh run #look on=host
hostname
\`\`\`

\`\`\`yaml show
facts: [hostname, ns.uts]
\`\`\`

\`\`\`cel check #renamed title="The container is called \${name}, the host is not"
box.hostname == vars.name && host.hostname == before.host.hostname
\`\`\`

> [!HINT]
> A nudge first: which side does the command belong to?

> [!HINT]
> The answer last: \`hostname \${name}\`, typed in the container.

\`\`\`sh solve on=box
hostname \${name}
\`\`\`

\`\`\`sh mistake #wrong-side on=host when="host.hostname == vars.name"
hostname \${name}
\`\`\`

> [!SAY]
> That was the host's terminal. Give it its old name back: \`hostname \${before.host.hostname}\`.

> [!NOTE]
> What the instructor says here, and what to ask the class.
`;

/** lab.zh.md; `title` as YAML writes it. */
export const chinese = (title: string): string => `---
title: ${title}
question: 新名字还有谁看得见？
---

<!-- 这样写的内容只给作者看。译文只放文字，每种块的说明见 docs/writing-labs.md。 -->

用一两句话说明学生会弄明白什么。

## 第一步

<a id="first"></a>

说说马上要做什么，为什么值得关心。从什么都不隔离开始，一次只加一样。

\`\`\`yaml predict #guess
ask: "容器给自己取名 \${name}。之后在宿主机上执行 \`hostname\` 会看到什么？"
choices: {old: "原来的名字", new: "\${name}"}
because: 等内核给出答案以后再说的理由。
\`\`\`

\`\`\`cel check #renamed title="容器叫 \${name}，宿主机不叫"
\`\`\`

> [!HINT]
> 先轻轻点一下：这条命令该在哪一边输入？

> [!HINT]
> 最后才给答案：在容器里输入 \`hostname \${name}\`。

> [!SAY]
> 那是宿主机的终端。把旧名字还给它：\`hostname \${before.host.hostname}\`。

> [!NOTE]
> 讲师在这里说什么，问大家什么。
`;
