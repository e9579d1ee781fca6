using System.Buffers.Binary;
using System.Text.Json;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary>The vectors in the order of the inputs, as OpenAI writes them.</summary>
internal sealed record EmbeddingsAnswer(string Model, IReadOnlyList<float[]> Vectors, int PromptTokens, bool IsBase64)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var index = 0; index < Vectors.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, index);
            WriteVector(json, Vectors[index]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, Model);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, PromptTokens);
        json.WriteNumber("total_tokens"u8, PromptTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteVector(Utf8JsonWriter json, float[] vector)
    {
        if (IsBase64)
        {
            json.WriteBase64String("embedding"u8, Bytes(vector));
            return;
        }

        json.WriteStartArray("embedding"u8);
        foreach (var value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static byte[] Bytes(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }
}
