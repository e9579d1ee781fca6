using System.Collections.Concurrent;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>An open feed: which generation an output is, and how its chunks become replies.</summary>
internal sealed class StepFeed
{
    private readonly OutputFeed _outputs = new();
    private readonly ConcurrentDictionary<GenerationOutput, (long Id, ReplyWriter Writer)> _generations = new();
    private readonly List<GenerationOutput> _changed = [];

    internal void Add(long id, GenerationOutput output, ReplyWriter writer)
    {
        _generations[output] = (id, writer);
        output.ReadThrough(_outputs);
    }

    /// <summary>Its replies interest nobody any more.</summary>
    internal void Remove(GenerationOutput output) => _generations.TryRemove(output, out _);

    /// <summary>What the next step brought. One reader at a time.</summary>
    internal async ValueTask<Step> NextAsync(CancellationToken cancellationToken)
    {
        var step = new Step();
        while (step.Replies.Count == 0)
        {
            await _outputs.TakeAsync(_changed, cancellationToken).ConfigureAwait(false);
            foreach (GenerationOutput output in _changed)
                Write(output, step);
            _changed.Clear();
        }
        return step;
    }

    private void Write(GenerationOutput output, Step step)
    {
        if (!_generations.TryGetValue(output, out var generation))
            return;
        // How it failed is for its own stream to tell.
        if (output.Ended.IsFaulted)
            return;
        GenerationChunk chunk = output.Take();
        if (chunk.Summary is not null)
            Remove(output);
        step.Replies.Add(new StepReply { Generation = generation.Id, Reply = generation.Writer.Write(chunk) });
    }
}
