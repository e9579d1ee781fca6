using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Files;

/// <summary><c>expires_after</c>: an anchor, which is always the file's creation, and seconds.</summary>
internal static class FileExpiry
{
    // OpenAI's bounds: an hour and 30 days.
    private const int Least = 3600;
    private const int Most = 2_592_000;
    private const string Field = "expires_after";
    private const string Anchor = "created_at";

    /// <summary>From a form, as <c>expires_after[anchor]</c> and <c>expires_after[seconds]</c>.</summary>
    public static int? Read(FormFields fields)
    {
        var anchor = fields.Text($"{Field}[anchor]");
        return Check(anchor, fields.Integer($"{Field}[seconds]", Least, Most), Field);
    }

    /// <summary>From JSON, under a name of the endpoint's.</summary>
    public static int? Read(FieldReader fields, string name)
    {
        if (fields.Object(name) is not { } expiry)
        {
            return null;
        }

        var anchor = expiry.RequiredText("anchor");
        var seconds = expiry.Integer("seconds", Least, Most) ?? throw RequestErrors.Missing($"{name}.seconds");
        expiry.RefuseOthers();
        return Check(anchor, seconds, name);
    }

    private static int? Check(string? anchor, int? seconds, string name)
    {
        if (anchor is null != seconds is null)
        {
            throw RequestErrors.Missing(anchor is null ? $"{name}[anchor]" : $"{name}[seconds]");
        }

        return anchor is null or Anchor ? seconds : throw RequestErrors.WrongValue($"{name}[anchor]", $"must be '{Anchor}', but is '{Shown.Short(anchor)}'.");
    }
}
