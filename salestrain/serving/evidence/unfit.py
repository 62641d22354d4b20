"""Why a file isn't taken, and what to do about it: in the reader's words."""

from __future__ import annotations

from typing import NamedTuple

from salestrain.language import Text


class Said(NamedTuple):
    """What is wrong, and how to mend it."""

    what: Text
    mend: Text


AS_PDF = Text("另存为 PDF 再传。", "Save it as a PDF and send that.")
WHAT_IS_TAKEN = Text(
    "可以传：PDF、图片（JPG、PNG、WebP、HEIC）、Word、Excel、PowerPoint、纯文本和 CSV。",
    "Taken are PDF, pictures (JPG, PNG, WebP, HEIC), Word, Excel, PowerPoint, plain text and CSV.",
)
REASONS = {
    "none": Said(
        Text("没有选文件", "No file was chosen"),
        Text("回去选一个，再传。", "Go back, choose one, and send it."),
    ),
    "empty": Said(
        Text("这个文件是空的", "This file is empty"),
        Text(
            "打开看看内容还在不在，再传一次。",
            "Open it to see if it holds anything, then send it again.",
        ),
    ),
    "large": Said(
        Text("这个文件超过 10 MB", "This file is over 10 MB"),
        Text(
            "照片拍小一些，或只截要紧的部分；文档把图片压缩后再传。",
            "Take a smaller photo or crop to what matters; compress the pictures in a document.",
        ),
    ),
    "program": Said(
        Text("这是一个程序，不能传", "This is a program, which can’t be sent"),
        Text(
            "要证明做了什么，传截图或文档。",
            "To show what you did, send a screenshot or a document.",
        ),
    ),
    "page": Said(
        Text(
            "这是网页（HTML 或 SVG），不能传",
            "This is a web page (HTML or SVG), which can’t be sent",
        ),
        Text("把它打印成 PDF，或截一张图。", "Print it to a PDF, or take a screenshot."),
    ),
    "archive": Said(
        Text("压缩包不能传", "Archives can’t be sent"),
        Text("解压后，把里面的文件一个一个传。", "Unpack it and send the files in it one by one."),
    ),
    "bomb": Said(
        Text("这个文件展开后太大", "This file grows too large when it is opened"),
        AS_PDF,
    ),
    "macros": Said(
        Text("这个文件里有宏或嵌入的程序", "There are macros or embedded programs in this file"),
        Text(
            "另存为不带宏的格式，或 PDF，再传。",
            "Save it without macros, or as a PDF, and send that.",
        ),
    ),
    "active": Said(
        Text("这个 PDF 里有脚本或附件", "There is a script or an attachment in this PDF"),
        Text("用「打印成 PDF」重新存一份再传。", "Print it to a new PDF and send that."),
    ),
    "old": Said(
        Text(
            "这是旧版 Office 文件（.doc、.xls、.ppt）",
            "This is an old Office file (.doc, .xls, .ppt)",
        ),
        Text(
            "另存为 .docx、.xlsx、.pptx 或 PDF 再传。",
            "Save it as .docx, .xlsx, .pptx or PDF and send that.",
        ),
    ),
    "broken": Said(
        Text("这个文件不完整", "This file isn’t whole"),
        Text(
            "可能没下载完。打开确认一下，重新存一份再传。",
            "It may be half downloaded. Open it, save it anew, and send that.",
        ),
    ),
    "pixels": Said(
        Text("这张图片的像素太多", "This picture has too many pixels"),
        Text(
            "缩小到 5000 万像素以内再传。",
            "Scale it down to under 50 million pixels and send it again.",
        ),
    ),
    "two": Said(
        Text("这个文件里藏着另一个文件", "There is another file hidden in this one"),
        Text("截一张图，或重新存一份再传。", "Take a screenshot, or save it anew, and send that."),
    ),
    "unknown": Said(
        Text("认不出这是什么文件", "It can’t be told what this file is"), WHAT_IS_TAKEN
    ),
    "form": Said(
        Text("这次上传没有传完整", "This upload did not arrive whole"),
        Text("回去再传一次。", "Go back and send it again."),
    ),
    "many": Said(
        Text("这一步已有 20 个文件", "There are 20 files for this step already"),
        Text(
            "20 个够说明了。要换，请找培训老师。",
            "That is enough to show it. Ask your trainer if one must be replaced.",
        ),
    ),
    "full": Said(
        Text("你的文件加起来已到 200 MB", "Your files have reached 200 MB in all"),
        Text("请找培训老师，看哪些可以不留。", "Ask your trainer which of them need not be kept."),
    ),
    "busy": Said(
        Text("现在传文件的人太多", "Too many people are sending files just now"),
        Text("过一分钟再传一次，文件没有存下来。", "Send it again in a minute; it was not kept."),
    ),
}


class Unfit(Exception):  # noqa: N818 (a judgement on a file, no error of ours)
    """A file that isn't taken, for one of ``REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason].what.en)
        self.reason = reason
