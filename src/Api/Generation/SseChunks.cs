using System.Text.Json;
using LocalAI.Pipeline.Api.Sse;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>Chunks as frames.</summary>
internal sealed class SseChunks(SseStream stream) : IChunkOutput
{
    public Utf8JsonWriter Begin() => stream.BeginData();

    public void End() => stream.EndData();
}
