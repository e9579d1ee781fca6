using System.Buffers;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>Joins the replies of a stream into the one that Predict answers.</summary>
internal sealed class WholeReply
{
    private static readonly byte[] LogprobsHead = "{\"content\":["u8.ToArray();
    private static readonly byte[] LogprobsFoot = "]}"u8.ToArray();

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly ArrayBufferWriter<byte> _logprobs = new();
    private readonly List<int> _tokens = [];
    private Reply? _first;
    private Reply _last = new();

    internal void Add(Reply part)
    {
        _first ??= part;
        _last = part;
        _text.Write(part.Message.Span);
        _tokens.AddRange(part.TokenIds);
        if (part.Logprobs.Length == 0)
            return;
        if (_logprobs.WrittenCount > 0)
            _logprobs.Write(","u8);
        _logprobs.Write(part.Logprobs.Span[LogprobsHead.Length..^LogprobsFoot.Length]);
    }

    internal Reply ToReply()
    {
        Reply reply = _last.Clone();
        reply.Message = ByteString.CopyFrom(_text.WrittenSpan);
        reply.CachedTokens = _first?.CachedTokens ?? 0;
        reply.RenderedPromptTail = _first?.RenderedPromptTail ?? "";
        reply.TokenIds.Clear();
        reply.TokenIds.AddRange(_tokens);
        reply.Logprobs = _logprobs.WrittenCount > 0 ? ByteString.CopyFrom([.. LogprobsHead, .. _logprobs.WrittenSpan, .. LogprobsFoot]) : ByteString.Empty;
        return reply;
    }
}
