using System.Text.Json;
using LocalAI.Pipeline.Api.Sse;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>Events as server-sent events.</summary>
/// <param name="after">The number of the last event that the reader has: it gets the later ones.</param>
internal sealed class SseEvents(SseStream stream, long after = -1) : IResponseChannel
{
    public bool HasStarted => stream.HasStarted;

    public Utf8JsonWriter? Begin(ReadOnlySpan<byte> type, long sequence) => sequence > after ? stream.BeginEvent(type) : null;

    public void End() => stream.EndData();

    public void WritePing() => stream.WritePing();

    public void WriteDone() => stream.WriteDone();

    public ValueTask FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);
}
