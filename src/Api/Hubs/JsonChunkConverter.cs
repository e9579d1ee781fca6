using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalAI.Pipeline.Api.Hubs;

/// <summary>Writes a chunk as it is.</summary>
internal sealed class JsonChunkConverter : JsonConverter<JsonChunk>
{
    public override JsonChunk Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Chunks are only sent.");

    public override void Write(Utf8JsonWriter writer, JsonChunk value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
