"""A real llama.cpp server with a tiny model, which babbles or knows one sentence.

``python tiny_llama.py MODEL PORT`` serves it until standard input closes, two minutes at the most.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float32]

LASTS_SECONDS = 120
CONTEXT = 4096
TEMPLATE = "{% for one in messages %}{{ one.role }}: {{ one.content }}\n{% endfor %}<say>"
SPECIAL = ("<unk>", "<s>", "</s>", "<say>")
SAY, END = 3, 2
BYTES = tuple(f"<0x{value:02X}>" for value in range(256))
HEAD = 64


def make_model(file: Path, sentence: Sequence[str] = ()) -> None:
    """Write a model that says a sentence, given as its words with their spaces, or babbles.

    No word may come twice: each is a token, and what follows hangs on the token before alone.

    Each token's embedding is a direction of its own, and nothing is added on the way; the last
    matrix says which token follows which.
    """
    gguf = import_module("gguf")  # only the slow tests need it

    words = [word.replace(" ", "\N{LOWER ONE EIGHTH BLOCK}") for word in sentence]
    tokens = [*SPECIAL, *BYTES, *words]
    width = -(-len(tokens) // HEAD) * HEAD
    kind = gguf.TokenType
    writer = gguf.GGUFWriter(file, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(width)
    writer.add_block_count(1)
    writer.add_feed_forward_length(HEAD)
    writer.add_head_count(width // HEAD)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(HEAD)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(
        [kind.UNKNOWN, *[kind.CONTROL] * 3, *[kind.BYTE] * 256, *[kind.NORMAL] * len(words)]
    )
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(END)
    writer.add_add_space_prefix(value=False)
    writer.add_chat_template(TEMPLATE)
    for name, values in weights(len(tokens), width, len(words)).items():
        writer.add_tensor(f"{name}.weight", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def weights(tokens: int, width: int, words: int) -> dict[str, Numbers]:
    import numpy as np  # noqa: PLC0415 (as above)

    rng = np.random.default_rng(7)
    nothing = np.zeros((width, width), np.float32)
    follows = rng.normal(0, 0.5, (tokens, width)).astype(np.float32)
    if words:
        chain = [SAY, *range(tokens - words, tokens), END]
        follows = np.zeros((tokens, width), np.float32)
        follows[chain[1:], chain[:-1]] = 10
    ones = np.ones(width, np.float32)
    return {
        "token_embd": np.eye(tokens, width, dtype=np.float32),
        "output": follows,
        **dict.fromkeys(("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"), ones),
        **{f"blk.0.attn_{part}": nothing for part in ("q", "k", "v", "output")},
        "blk.0.ffn_gate": nothing[:HEAD],
        "blk.0.ffn_up": nothing[:HEAD],
        "blk.0.ffn_down": np.ascontiguousarray(nothing[:, :HEAD]),
    }


@contextmanager
def serving(model: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Serve a model on a port of this machine meanwhile; gives the process and its log's file."""
    log = model.with_suffix(".log")
    command = [sys.executable, __file__, str(model), str(port)]
    with (
        log.open("wb") as said,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=said) as server,
    ):
        try:
            yield server, log
        finally:
            assert server.stdin
            server.stdin.close()
            server.wait(30)


def main(model: str, port: str) -> None:
    xllamacpp = import_module("xllamacpp")

    # llama.cpp's threads end with the process and not before
    last = Timer(LASTS_SECONDS, os._exit, [1])
    last.daemon = True
    last.start()
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_ctx, params.n_parallel, params.warmup = CONTEXT, 1, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.hostnames, params.port = ["127.0.0.1"], int(port)
    server = xllamacpp.Server(params)
    sys.stdin.read()
    del server
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
