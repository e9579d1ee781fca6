using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>What files are for, as OpenAI names it.</summary>
internal static class FilePurposes
{
    public const string Batch = "batch";
    public const string BatchOutput = "batch_output";

    private static readonly string[] Uploaded = ["assistants", Batch, "evals", "fine-tune", "user_data", "vision"];

    /// <summary>All, those of generated files too.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Uploaded, "assistants_output", BatchOutput, "fine-tune-results", "output"];

    /// <summary>The purpose of an upload.</summary>
    /// <exception cref="ApiException">There is no such purpose.</exception>
    public static string Check(string purpose) => Uploaded.Contains(purpose, StringComparer.Ordinal)
        ? purpose
        : throw RequestErrors.WrongValue("purpose", $"must be one of '{string.Join("', '", Uploaded)}', but is '{Shown.Short(purpose)}'.");
}
