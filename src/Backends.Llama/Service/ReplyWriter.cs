using Google.Protobuf;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>From chunks to replies. Counts are cumulative; what belongs to the first or the last reply comes only there.</summary>
internal sealed class ReplyWriter(Generation generation, int promptTokens, string prompt, bool returnTokens)
{
    private const int TailLength = 64;

    private bool _begun;

    internal Reply Write(GenerationChunk chunk)
    {
        var reply = new Reply
        {
            Message = UnsafeByteOperations.UnsafeWrap(chunk.Text),
            Tokens = chunk.GeneratedTokens,
            PromptTokens = promptTokens,
            TimingPromptProcessing = generation.Times.Prompt.TotalMilliseconds,
            TimingTokenGeneration = generation.Times.Tokens.TotalMilliseconds,
        };
        if (chunk.Logprobs.Length > 0)
            reply.Logprobs = ByteString.CopyFrom([.. "{\"content\":["u8, .. chunk.Logprobs, .. "]}"u8]);
        if (returnTokens)
            reply.TokenIds.AddRange(chunk.Tokens);
        if (!_begun)
            Begin(reply);
        if (chunk.Summary is not null)
            End(reply, chunk.Summary);
        return reply;
    }

    private void Begin(Reply reply)
    {
        _begun = true;
        reply.CachedTokens = generation.CachedTokens;
        int start = Math.Max(0, prompt.Length - TailLength);
        // Not between the halves of a character.
        if (start < prompt.Length && char.IsLowSurrogate(prompt[start]))
            start++;
        reply.RenderedPromptTail = prompt[start..];
    }

    private static void End(Reply reply, GenerationSummary summary)
    {
        reply.FinishReason = summary.Reason switch
        {
            FinishReason.Stop => "stop",
            FinishReason.StopSequence => "stop_sequence",
            _ => "length",
        };
        reply.StopSequence = summary.StopSequence ?? "";
    }
}
