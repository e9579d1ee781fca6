using System.Buffers;
using System.Threading.Channels;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>
/// The hand-over from the engine thread to the call that streams. The engine never waits: what the reader has not taken yet
/// grows into one larger chunk, so an attentive reader gets each token and a slow one fewer, larger chunks. It is bounded by the
/// slot's context, since a generation has no more tokens than that.
/// </summary>
internal sealed class GenerationOutput
{
    private readonly Lock _gate = new();

    // One signal is enough: it says that there is something, not how much.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, SingleWriter = false });

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly List<int> _tokens = [];
    private readonly ArrayBufferWriter<byte> _logprobs = new();
    private int _generated;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GenerationSummary? _summary;
    private Exception? _failure;
    private OutputFeed? _feed;

    /// <summary>The feed that it is read through, if any.</summary>
    internal OutputFeed? Feed => _feed;

    /// <summary>Completes when the generation has ended; fails as it failed.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>From now on the feed tells of what is in here, also of what is there already.</summary>
    internal void ReadThrough(OutputFeed feed)
    {
        lock (_gate)
        {
            _feed = feed;
            if (_text.WrittenCount == 0 && _tokens.Count == 0 && _summary is null)
                return;
            feed.Changed(this);
        }
        feed.StepEnded();
    }

    internal void Publish(ReadOnlySpan<byte> text, ReadOnlySpan<int> tokens, ReadOnlySpan<byte> logprobs, int generated)
    {
        lock (_gate)
        {
            _text.Write(text);
            _tokens.AddRange(tokens);
            if (logprobs.Length > 0 && _logprobs.WrittenCount > 0)
                _logprobs.Write(","u8);
            _logprobs.Write(logprobs);
            _generated = generated;
            if (text.Length == 0 && tokens.Length == 0)
                return;
            _feed?.Changed(this);
        }
        _signal.Writer.TryWrite(true);
    }

    internal void Complete(GenerationSummary summary)
    {
        lock (_gate)
        {
            _summary ??= summary;
            _feed?.Changed(this);
        }
        _signal.Writer.TryComplete();
        _ended.TrySetResult();
    }

    internal void Fail(Exception failure)
    {
        lock (_gate)
            _failure ??= failure;
        _signal.Writer.TryComplete();
        _ended.TrySetException(failure);
    }

    /// <summary>The next chunk; the last one has a summary. Throws what the generation failed with.</summary>
    internal async ValueTask<GenerationChunk> TakeAsync(CancellationToken cancellationToken)
    {
        if (await _signal.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            _signal.Reader.TryRead(out _);
        return Take();
    }

    /// <summary>What there is now, which may be nothing.</summary>
    internal GenerationChunk Take()
    {
        lock (_gate)
        {
            if (_failure is not null)
                throw _failure;
            var chunk = new GenerationChunk
            {
                Text = _text.WrittenSpan.ToArray(),
                Tokens = [.. _tokens],
                Logprobs = _logprobs.WrittenSpan.ToArray(),
                GeneratedTokens = _generated,
                Summary = _summary,
            };
            _text.ResetWrittenCount();
            _tokens.Clear();
            _logprobs.ResetWrittenCount();
            return chunk;
        }
    }
}
