using System.Buffers;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;

namespace LocalAI.Pipeline.Api.Hubs;

/// <summary>Gathers the chunks that one batch of deltas gives.</summary>
internal sealed class JsonChunks : IChunkOutput, IDisposable
{
    private readonly List<JsonChunk> _ready = [];
    private readonly Utf8JsonWriter _json = new(Stream.Null, Json.Output);
    private ArrayBufferWriter<byte> _buffer = new();

    public Utf8JsonWriter Begin()
    {
        // The hub keeps a chunk until it is sent, so each has its own memory.
        _buffer = new ArrayBufferWriter<byte>();
        _json.Reset(_buffer);
        return _json;
    }

    public void End()
    {
        _json.Flush();
        _ready.Add(new JsonChunk(_buffer.WrittenMemory));
    }

    public IReadOnlyList<JsonChunk> TakeAll()
    {
        JsonChunk[] taken = [.. _ready];
        _ready.Clear();
        return taken;
    }

    public void Dispose() => _json.Dispose();

    public JsonChunk Error(ApiError error)
    {
        OpenAiErrors.Write(Begin(), error);
        End();
        return TakeAll()[^1];
    }
}
