using System.Collections.Frozen;

namespace LocalAI.Pipeline.ChatTemplates.Methods;

/// <summary>The methods of Python's dict.</summary>
internal static class DictMethods
{
    public static readonly FrozenDictionary<string, MethodBody> Table = new Dictionary<string, MethodBody>
    {
        ["items"] = (s, x, a) => View(s, x, a, "items"),
        ["keys"] = (s, x, a) => View(s, x, a, "keys"),
        ["values"] = (s, x, a) => View(s, x, a, "values"),
        ["get"] = Get,
        ["update"] = Update,
        ["pop"] = Pop,
        ["popitem"] = PopItem,
        ["setdefault"] = SetDefault,
        ["copy"] = (s, x, a) => Copy(s, (DictValue)x),
        ["clear"] = Clear,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static DictValue Copy(RenderState s, DictValue dict)
    {
        DictValue copy = new();
        s.ChargeItems(dict.Count * 4L / 4);
        foreach ((object key, object value) in dict.Entries) copy.Entries[key] = value;
        return copy;
    }

    private static DictView View(RenderState s, object x, Arguments a, string kind)
    {
        a.Exactly(s, kind, 0);
        return new DictView((DictValue)x, kind);
    }

    private static object Get(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "get", 1, "key", "default");
        KeyComparer.EnsureHashable(s, bound[0]!);
        return ((DictValue)x).TryGet(bound[0]!, out object value) ? value : bound[1] ?? NoneValue.Instance;
    }

    private static NoneValue Update(RenderState s, object x, Arguments a)
    {
        DictValue dict = (DictValue)x;
        if (a.Positional.Length > 1) throw s.Error("update() takes at most one argument by position");
        if (a.Positional.Length == 1) Merge(s, dict, a.Positional[0]);
        foreach ((string key, object value) in a.Named) dict.Set(s, key, value);
        return NoneValue.Instance;
    }

    /// <summary>Entries of a dict, or pairs.</summary>
    public static void Merge(RenderState s, DictValue dict, object source)
    {
        if (source is DictValue other)
        {
            foreach ((object key, object value) in Copy(s, other).Entries) dict.Set(s, key, value);
            return;
        }

        foreach (object pair in Iteration.ToList(s, source))
        {
            List<object> two = Iteration.ToList(s, pair);
            if (two.Count != 2) throw s.Error($"a pair is needed, not {two.Count} elements");
            dict.Set(s, two[0], two[1]);
        }
    }

    private static object Pop(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "pop", 1, "key", "default");
        DictValue dict = (DictValue)x;
        KeyComparer.EnsureHashable(s, bound[0]!);
        if (!dict.TryGet(bound[0]!, out object value))
            return bound[1] ?? throw s.Error($"the key {Representation.Of(s, bound[0]!)} is missing");
        dict.Remove(s, bound[0]!);
        return value;
    }

    private static TupleValue PopItem(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "popitem", 0);
        DictValue dict = (DictValue)x;
        if (dict.Count == 0) throw s.Error("the dictionary is empty");
        KeyValuePair<object, object> last = dict.Entries.GetAt(dict.Count - 1);
        dict.Entries.RemoveAt(dict.Count - 1);
        return new TupleValue(last.Key, last.Value);
    }

    private static object SetDefault(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "setdefault", 1, "key", "default");
        DictValue dict = (DictValue)x;
        KeyComparer.EnsureHashable(s, bound[0]!);
        if (dict.TryGet(bound[0]!, out object value)) return value;
        object otherwise = bound[1] ?? NoneValue.Instance;
        dict.Set(s, bound[0]!, otherwise);
        return otherwise;
    }

    private static NoneValue Clear(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "clear", 0);
        ((DictValue)x).Entries.Clear();
        return NoneValue.Instance;
    }
}
