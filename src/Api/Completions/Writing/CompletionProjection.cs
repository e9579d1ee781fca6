using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Completions.Writing;

/// <summary>Turns deltas into completion chunks: each choice's echo, its text as it comes, its finish reason; the usage follows the last choice.</summary>
internal sealed class CompletionProjection : IDeltaProjection
{
    private readonly CompletionHead _head;
    private readonly IChunkOutput _output;
    private readonly CompletionLogprobs[] _logprobs;
    private readonly bool[] _hasBegun;
    private TokenUsage _usage;

    public CompletionProjection(CompletionHead head, IChunkOutput output)
    {
        (_head, _output) = (head, output);
        _logprobs = [.. Enumerable.Range(0, head.Jobs).Select(job => new CompletionLogprobs(head.Echo(job).AsSpan().CodePoints()))];
        _hasBegun = new bool[head.Jobs];
    }

    public void Write(in JobDelta item)
    {
        var (choice, delta) = item;
        if (!_hasBegun[choice])
        {
            _hasBegun[choice] = true;
            WriteEcho(choice);
        }

        _logprobs[choice].Add(delta.Logprobs);
        if (delta.Text.Length > 0 || (delta.Logprobs is not null && _head.Logprobs is not null))
        {
            WriteChunk(choice, delta.Text, null);
        }

        if (delta.Finish is { } finish)
        {
            _usage = _usage.Plus(finish, _head.IsFirst(choice));
            WriteChunk(choice, "", finish);
        }
    }

    public void WriteEnd()
    {
        if (!_head.IncludeUsage)
        {
            return;
        }

        var json = _output.Begin();
        CompletionJson.Head(json, _head);
        json.WriteEndArray();
        _usage.Write(json);
        json.WriteEndObject();
        _output.End();
    }

    private void WriteEcho(int choice)
    {
        if (_head.Echo(choice) is { Length: > 0 } echo)
        {
            WriteChunk(choice, echo, null);
        }
    }

    private void WriteChunk(int choice, string text, GenerationFinish? finish)
    {
        var json = _output.Begin();
        CompletionJson.Head(json, _head);
        CompletionJson.Choice(json, choice, text, _logprobs[choice], _head.Logprobs, finish?.Reason);
        json.WriteEndArray();
        if (_head.IncludeUsage)
        {
            json.WriteNull("usage"u8);
        }

        if (_head.Timings && finish is not null)
        {
            GenerationTimings.Write(json, finish);
        }

        json.WriteEndObject();
        _output.End();
    }
}
