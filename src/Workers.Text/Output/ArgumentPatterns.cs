using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Arguments that are no JSON: each match of a pattern is one of them, by two named groups.</summary>
internal sealed class ArgumentPatterns(Regex[] patterns, string keyGroup, string valueGroup)
{
    public string Read(string written)
    {
        var arguments = new JsonObject();
        foreach (var match in patterns.SelectMany(pattern => pattern.Matches(written)))
        {
            arguments[match.Groups[keyGroup].Value] = match.Groups[valueGroup].Value;
        }

        return arguments.ToJsonString();
    }
}
