using System.Text.Json;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>OpenAI's chunks as the protocol's replies. The server has parsed thoughts and tool calls: they come as chat deltas.</summary>
internal sealed class UpstreamReplies
{
    private readonly Reply _last = new() { FinishReason = "stop" };
    private int _chunks;

    /// <summary>The reply of one chunk, or null for one that says nothing new.</summary>
    public Reply? Read(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out var error))
        {
            var said = UpstreamError.Of(error);
            throw new BackendCallException(said.StatusOr(GrpcStatus.Internal), $"the server behind it failed in mid-answer: {said.Message}");
        }

        if (chunk.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            _last.Tokens = Number(usage, "completion_tokens");
            _last.PromptTokens = Number(usage, "prompt_tokens");
        }

        if (!chunk.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0 || choices[0].ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var choice = choices[0];
        _last.FinishReason = Text(choice, "finish_reason") is { Length: > 0 } finish ? finish : _last.FinishReason;
        var delta = choice.TryGetProperty("delta", out var piece) ? DeltaOf(piece) : new ChatDelta { Content = Text(choice, "text") };
        var hasLogprobs = choice.TryGetProperty("logprobs", out var logprobs) && logprobs.ValueKind == JsonValueKind.Object;
        if (delta.Content.Length + delta.ReasoningContent.Length + delta.ToolCalls.Count == 0 && !hasLogprobs)
        {
            return null;
        }

        // One at least; the usage at the end says how many they were.
        var reply = new Reply { Tokens = ++_chunks };
        reply.ChatDeltas.Add(delta);
        if (hasLogprobs)
        {
            reply.Logprobs = ByteString.CopyFromUtf8(OldLogprobs.IsOld(logprobs) ? OldLogprobs.ToNew(logprobs) : logprobs.GetRawText());
        }

        return reply;
    }

    /// <summary>The end: counts and reason.</summary>
    public Reply Last() => _last;

    private static ChatDelta DeltaOf(JsonElement said)
    {
        // vLLM says reasoning_content or, since 2025, reasoning.
        var reasoning = Text(said, "reasoning_content");
        var delta = new ChatDelta { Content = Text(said, "content"), ReasoningContent = reasoning.Length > 0 ? reasoning : Text(said, "reasoning") };
        if (said.ValueKind == JsonValueKind.Object && said.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            delta.ToolCalls.AddRange(calls.EnumerateArray().Where(call => call.ValueKind == JsonValueKind.Object).Select(CallOf));
        }

        return delta;
    }

    private static ToolCallDelta CallOf(JsonElement call)
    {
        var function = call.TryGetProperty("function", out var named) ? named : default;
        return new ToolCallDelta { Index = Number(call, "index"), Id = Text(call, "id"), Name = Text(function, "name"), Arguments = Text(function, "arguments") };
    }

    private static string Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
}
