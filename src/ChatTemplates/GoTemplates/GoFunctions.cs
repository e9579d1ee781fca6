using System.Collections.Frozen;

namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>The functions by name: Go's own and the few of sprig that prompt templates use.</summary>
internal static class GoFunctions
{
    private static readonly FrozenDictionary<string, GoFunction> Table = new Dictionary<string, GoFunction>[]
    {
        GoLogicFunctions.All, GoTextFunctions.All, GoNumberFunctions.All,
    }
    .SelectMany(family => family)
    .ToFrozenDictionary(StringComparer.Ordinal);

    public static GoFunction? Find(string name) => Table.GetValueOrDefault(name);

    public static object[] Count(RenderState s, object[] arguments, string name, int least, int most = int.MaxValue) =>
        arguments.Length >= least && arguments.Length <= most
            ? arguments
            : throw s.Error($"wrong number of arguments for {name}: got {arguments.Length}");
}
