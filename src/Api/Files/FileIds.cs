namespace LocalAI.Pipeline.Api.Files;

internal static class FileIds
{
    public const string Prefix = "file-";

    public static string New(DateTimeOffset now) => TimeOrderedId.New(Prefix, now);
}
