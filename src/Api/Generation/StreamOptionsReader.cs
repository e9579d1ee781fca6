using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary><c>stream_options</c>.</summary>
internal static class StreamOptionsReader
{
    public static bool IncludeUsage(FieldReader fields, bool stream)
    {
        if (fields.Object("stream_options") is not { } options)
        {
            return false;
        }

        if (!stream)
        {
            throw RequestErrors.WrongValue("stream_options", "is only possible with 'stream': true.");
        }

        var usage = options.Flag("include_usage") ?? false;
        if (options.Flag("include_obfuscation") == true)
        {
            throw RequestErrors.Unsupported("stream_options.include_obfuscation", "frames are not padded here; leave it out.");
        }

        options.RefuseOthers();
        return usage;
    }
}
