using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Reading;

namespace LocalAI.Pipeline.Api.Responses.Sockets;

/// <summary>A client's message: <c>response.create</c> with the fields of a request, but for those that only make sense over HTTP.</summary>
internal static class SocketTurn
{
    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ResponseRequest Read(ReadOnlyMemory<byte> message, RequestOptions options)
    {
        using var body = JsonBody.Parse(message, options);
        var fields = new FieldReader(body.Root);
        var type = fields.RequiredText("type");
        if (type != "response.create")
        {
            throw RequestErrors.WrongValue("type", $"is '{Shown.Short(type)}', but must be 'response.create'.");
        }

        foreach (var name in (string[])["stream", "stream_options", "background"])
        {
            if (fields.Peek(name) is not null)
            {
                throw RequestErrors.Unsupported(name, "a socket streams always, and its turns end with it: leave it out.");
            }
        }

        if (fields.Take("stream_id") is not null)
        {
            throw RequestErrors.Unsupported("stream_id", "a connection has one stream here; open another one.");
        }

        if (fields.Flag("generate") == false)
        {
            throw RequestErrors.Unsupported("generate", "the next turn finds the prompt's beginning in the cache anyway; leave it out.");
        }

        return ResponseRequestReader.Read(WithoutType(body.Root)) with { Stream = true };
    }

    private static JsonElement WithoutType(JsonElement root)
    {
        var text = JsonText.Of(json =>
        {
            json.WriteStartObject();
            foreach (var field in root.EnumerateObject().Where(field => !field.NameEquals("type"u8) && !field.NameEquals("generate"u8)))
            {
                field.WriteTo(json);
            }

            json.WriteEndObject();
        });
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
