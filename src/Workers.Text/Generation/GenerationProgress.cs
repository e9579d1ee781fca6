using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Deltas;
using LocalAI.Pipeline.Workers.Hosting.Jobs;
using LocalAI.Pipeline.Workers.Text.Output;
using ToolCallDelta = LocalAI.Pipeline.Messages.Deltas.ToolCallDelta;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>How far a generation got: its raw text, its counts and its parser, over all processes that worked on it.</summary>
internal sealed class GenerationProgress(GenerateText command, OutputForm form, AnswerContract contract, JobDeltas deltas, JobStart start)
{
    private readonly StringBuilder _raw = new(start.RawText);
    private readonly StringBuilder _unreported = new();
    private readonly List<int> _unreportedIds = [];

    // Only of an answer that is checked at its end.
    private readonly StringBuilder _answer = new();
    private OutputParser? _parser;
    private Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _earlierTokens = start.CompletionTokens;
    private int _callTokens;
    private int _unreportedTokens;
    private int _textlessTokens;
    private int _reasoningTokens;
    private int _promptTokens;
    private int _cachedTokens;
    private bool _hasToldPrompt;
    private bool _hasParsedCalls;
    private double _promptMilliseconds;
    private double _generationMilliseconds;

    /// <summary>Whether anything was generated yet.</summary>
    public bool HasOutput => _raw.Length > 0;

    private bool HasToolCalls => _hasParsedCalls || _parser!.HasToolCalls;

    private int CompletionTokens => _earlierTokens + _callTokens;

    /// <summary>Brings the parser to where another worker's attempt ended.</summary>
    public void Resume(string prompt)
    {
        _parser = form.CreateParser(command.JobId, prompt);
        Keep(_parser.Feed(start.RawText));
    }

    /// <summary>Makes a request go on from here; false when the token limit is already used up.</summary>
    public bool TryContinue(PredictOptions request)
    {
        // A call that broke leaves tokens that brought no whole character yet: they come again.
        _earlierTokens += _callTokens - _textlessTokens;
        _unreportedTokens -= _textlessTokens;
        (_callTokens, _textlessTokens) = (0, 0);
        _decoder = Encoding.UTF8.GetDecoder();
        request.Continuation = _raw.ToString();
        if (request.Tokens > 0)
        {
            request.Tokens -= _earlierTokens;
            return request.Tokens > 0;
        }

        return true;
    }

    public async ValueTask AddAsync(Reply reply, CancellationToken cancellationToken)
    {
        var fresh = Count(reply);
        _parser ??= form.CreateParser(command.JobId, reply.RenderedPromptTail);
        var text = Decode(reply.Message.Span);
        if (reply.ChatDeltas.Count > 0)
        {
            await AddParsedAsync(reply, cancellationToken);
            return;
        }

        _textlessTokens = text.Length > 0 ? 0 : _textlessTokens + fresh;
        _raw.Append(text);
        var wasReasoning = _parser.IsReasoning;
        var parsed = _parser.Feed(text);
        _reasoningTokens += wasReasoning && _parser.IsReasoning ? fresh : 0;
        await EmitAsync(text, parsed, LogprobsOf(reply), cancellationToken);
    }

    public async ValueTask FinishAsync(string reason, string stopSequence, CancellationToken cancellationToken)
    {
        _parser ??= form.CreateParser(command.JobId, "");
        await EmitAsync("", _parser.End(), null, cancellationToken);
        Check(ReasonOf(reason));
        var finish = new GenerationFinish
        {
            Reason = ReasonOf(reason),
            StopSequence = stopSequence.Length > 0 ? stopSequence : null,
            PromptTokens = _promptTokens,
            CachedTokens = _cachedTokens,
            CompletionTokens = CompletionTokens,
            ReasoningTokens = _reasoningTokens,
            PromptMilliseconds = _promptMilliseconds,
            GenerationMilliseconds = _generationMilliseconds,
        };
        var rest = _unreported.Length > 0 ? _unreported.ToString() : null;
        await deltas.AddAsync(new GenerationDelta { Sequence = 0, Raw = rest, Tokens = _unreportedTokens, Detail = TakeDetail(), Finish = finish }, cancellationToken);
    }

    private void Keep(ParsedOutput parsed)
    {
        if (contract.IsJson)
        {
            _answer.Append(parsed.Text);
        }
    }

    // What a limit or a stop sequence cut is not whole, and its finish reason says so.
    private void Check(FinishReason reason)
    {
        if (reason == FinishReason.Stop && contract.Violation(_answer.ToString(), HasToolCalls) is { } violation)
        {
            throw new JobFailedException(FailureCode.BackendError, $"The answer of model '{command.Model}' does not have the form that was asked for: {violation}. Its backend seems to ignore grammars.");
        }
    }

    private FinishReason ReasonOf(string reason) => reason switch
    {
        "length" => FinishReason.Length,
        "stop_sequence" => FinishReason.StopSequence,
        "" when command.MaxTokens is { } limit && CompletionTokens >= limit => FinishReason.Length,
        _ => HasToolCalls ? FinishReason.ToolCalls : FinishReason.Stop,
    };

    private int Count(Reply reply)
    {
        var fresh = Math.Max(0, reply.Tokens - _callTokens);
        _unreportedTokens += fresh;
        _callTokens = Math.Max(_callTokens, reply.Tokens);
        _promptTokens = Math.Max(_promptTokens, reply.PromptTokens);
        _cachedTokens = Math.Max(_cachedTokens, reply.CachedTokens);
        _promptMilliseconds = Math.Max(_promptMilliseconds, reply.TimingPromptProcessing);
        _generationMilliseconds = Math.Max(_generationMilliseconds, reply.TimingTokenGeneration);
        _unreportedIds.AddRange(reply.TokenIds);
        return fresh;
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        Span<char> characters = bytes.Length <= 256 ? stackalloc char[256] : new char[bytes.Length + 1];
        return new string(characters[.._decoder.GetChars(bytes, characters, flush: false)]);
    }

    private async ValueTask EmitAsync(string raw, ParsedOutput parsed, string? logprobs, CancellationToken cancellationToken)
    {
        Keep(parsed);
        var isPlain = _unreported.Length == 0 && parsed.Text == raw && parsed.Reasoning.Length == 0 && parsed.ToolCalls.Count == 0;
        if (isPlain && raw.Length == 0 && logprobs is null)
        {
            return;
        }

        if (!isPlain)
        {
            _unreported.Append(raw);
            if (parsed.Text.Length + parsed.Reasoning.Length + parsed.ToolCalls.Count == 0 && logprobs is null)
            {
                // Held back: its raw text goes with the next delta that says something.
                return;
            }
        }

        var tokens = _unreportedTokens;
        var unreported = isPlain ? null : _unreported.ToString();
        _unreported.Clear();
        _unreportedTokens = 0;
        await deltas.AddAsync(new GenerationDelta
        {
            Sequence = 0,
            Text = parsed.Text,
            Reasoning = parsed.Reasoning,
            ToolCalls = parsed.ToolCalls,
            Raw = unreported == parsed.Text ? null : unreported,
            Tokens = tokens,
            Logprobs = logprobs,
            Detail = TakeDetail(),
            Prompt = TellPrompt(),
        }, cancellationToken);
    }

    private DeltaDetail? TakeDetail()
    {
        if (!command.Detailed)
        {
            return null;
        }

        var detail = new DeltaDetail
        {
            TokenIds = [.. _unreportedIds],
            PromptMilliseconds = _promptMilliseconds,
            GenerationMilliseconds = _generationMilliseconds,
        };
        _unreportedIds.Clear();
        return detail;
    }

    // Callers whose streams begin with the prompt's length get it with the first token.
    private PromptCounts? TellPrompt()
    {
        if (_hasToldPrompt || _promptTokens == 0)
        {
            return null;
        }

        _hasToldPrompt = true;
        return new PromptCounts { Tokens = _promptTokens, Cached = _cachedTokens };
    }

    // Backends that parse for themselves say so; what they parsed is believed.
    private async ValueTask AddParsedAsync(Reply reply, CancellationToken cancellationToken)
    {
        var logprobs = LogprobsOf(reply);
        foreach (var part in reply.ChatDeltas)
        {
            _raw.Append(part.Content);
            _hasParsedCalls |= part.ToolCalls.Count > 0;
            var calls = part.ToolCalls.Select(call => new ToolCallDelta
            {
                Index = call.Index,
                Id = call.Id.Length > 0 ? call.Id : null,
                Name = call.Name.Length > 0 ? call.Name : null,
                Arguments = call.Arguments,
            });
            await EmitAsync(part.Content, new ParsedOutput(part.Content, part.ReasoningContent, [.. calls]), logprobs, cancellationToken);
            // They are the whole reply's: told once.
            logprobs = null;
        }
    }

    // The protocol wraps the entries in an object; the delta carries the array alone.
    private string? LogprobsOf(Reply reply)
    {
        if (!command.Logprobs || reply.Logprobs.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(reply.Logprobs.Memory);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("content", out var content)
            ? content.GetRawText()
            : document.RootElement.GetRawText();
    }
}
