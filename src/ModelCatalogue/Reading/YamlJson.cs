using System.Globalization;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.ModelCatalogue.Yaml;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>A YAML value as JSON, plain texts taken as YAML's core schema does.</summary>
internal static class YamlJson
{
    public static JsonNode? Convert(YamlValue value) => value switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Convert)]),
        YamlScalar { IsPlain: false } scalar => scalar.Text,
        YamlScalar scalar => Plain(scalar),
        _ => throw new InvalidOperationException($"{value.Kind} has no JSON form"),
    };

    private static JsonNode? Plain(YamlScalar scalar)
    {
        if (scalar.IsNull)
        {
            return null;
        }

        if (scalar.Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return scalar.Text[0] is 't' or 'T';
        }

        if (long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : scalar.Text;
    }
}
