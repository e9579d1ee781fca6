using System.Globalization;
using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>The fields of a form beside its file; those that nobody asked for are refused.</summary>
internal sealed class FormFields(Dictionary<string, string> fields)
{
    public string? Text(string name) => fields.Remove(name, out var value) ? value : null;

    public string RequiredText(string name) => Text(name) is { } text ? text : throw RequestErrors.Missing(name);

    public int? Integer(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw RequestErrors.WrongValue(name, $"must be an integer from {least} to {most}, but is '{Shown.Short(text)}'.");
    }

    /// <summary>Refuses what is left.</summary>
    public void RefuseOthers()
    {
        foreach (var name in fields.Keys)
        {
            throw RequestErrors.Unknown(name);
        }
    }
}
