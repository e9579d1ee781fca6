using System.Text.Json.Serialization;

namespace LocalAI.Pipeline.Api.Hubs;

/// <summary>One item of a stream: JSON that is written already.</summary>
[JsonConverter(typeof(JsonChunkConverter))]
internal readonly record struct JsonChunk(ReadOnlyMemory<byte> Utf8);
