using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>Names that callers give their files. They are shown, and never part of a path here.</summary>
internal static class FileNames
{
    private const int Longest = 255;

    /// <exception cref="ApiException">It is none.</exception>
    public static string Check(string? name, string field)
    {
        // A browser of old, or a program, may send a whole path.
        var last = (name ?? "").Split('/', '\\')[^1];
        return last.Length is > 0 and <= Longest && !last.Any(char.IsControl) && last is not ("." or "..")
            ? last
            : throw RequestErrors.WrongValue(field, $"must have a file name of 1 to {Longest} characters without control characters.");
    }
}
