using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>A picture: its bytes, or a link to it.</summary>
internal static class ImageBlock
{
    private const int LongestType = 64;

    public static void Read(FieldReader block, ConversationBuilder conversation, MediaList media)
    {
        var source = block.Object("source") ?? throw RequestErrors.Missing(block.PathOf("source"));
        var type = source.RequiredText("type");
        switch (type)
        {
            case "base64":
                // The bytes say so themselves.
                _ = source.RequiredText("media_type", LongestType);
                var bytes = source.RequiredText("data");
                conversation.AddImage(message => media.AddBase64(message, MediaKind.Image, source.PathOf("data"), bytes));
                break;
            case "url":
                var url = source.RequiredText("url");
                conversation.AddImage(message => media.AddUrl(message, MediaKind.Image, source.PathOf("url"), url));
                break;
            case "file":
                throw RequestErrors.Unsupported(source.PathOf("type"), "files are not read here; send 'base64' or 'url'.");
            default:
                throw RequestErrors.WrongValue(source.PathOf("type"), $"is '{Shown.Short(type)}', but must be 'base64' or 'url'.");
        }

        source.RefuseOthers();
    }
}
