using LocalAI.Pipeline.Api.Sse;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>Turns deltas into Anthropic's events: the same deltas always give the same events.</summary>
internal sealed class MessageProjection
{
    private readonly MessageEvents _events;
    private readonly ContentBlocks _blocks;

    public MessageProjection(MessageHead head, SseStream stream)
    {
        _events = new MessageEvents(head, stream);
        _blocks = new ContentBlocks(head, _events);
    }

    /// <summary>Writes the events of one delta that is no failure.</summary>
    public void Write(GenerationDelta delta)
    {
        _events.WriteStart(delta.Prompt ?? (delta.Finish is { } end ? new PromptCounts { Tokens = end.PromptTokens, Cached = end.CachedTokens } : null));
        _blocks.Add(delta);
        if (delta.Finish is { } finish)
        {
            _blocks.End();
            _events.WriteFinish(finish);
        }
    }

    public void WritePing() => _events.WritePing();
}
