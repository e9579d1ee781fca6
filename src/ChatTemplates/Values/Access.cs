namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Attribute and item lookup with Jinja's order: a dot asks methods first, brackets ask items first.</summary>
internal static class Access
{
    public static object Attribute(RenderState s, object owner, string name)
    {
        switch (owner)
        {
            case DictValue dict:
                if (DictMethods.Table.TryGetValue(name, out MethodBody? method))
                    return new BoundMethod(dict, name, method);
                return dict.TryGet(name, out object value) ? value : new Undefined(name);
            case Undefined undefined:
                throw undefined.Fault(s);
            case NamespaceValue space:
                return space.Attributes.TryGetValue(name, out object? attribute) ? attribute : new Undefined(name);
            case LoopValue loop:
                return loop.Attribute(s, name);
            case CyclerValue cycler:
                return cycler.Attribute(name);
            case GroupValue group when group.Attribute(name) is { } part:
                return part;
            case MacroValue macro when name == "name":
                return macro.Name;
            default:
                return Method(owner, name) ?? (object)new Undefined(name);
        }
    }

    public static object Item(RenderState s, object owner, object key)
    {
        object? found = owner switch
        {
            DictValue dict => KeyComparer.IsHashable(s, key) && dict.TryGet(key, out object value) ? value : null,
            ListValue list => Index(key, list.Items.Count) is { } i ? list.Items[i] : null,
            TupleValue tuple => Index(key, tuple.Items.Length) is { } i ? tuple.Items[i] : null,
            RangeValue range => Index(key, range.Count) is { } i ? range.At(i) : null,
            string text => Character(s, text, key),
            Undefined undefined => throw undefined.Fault(s),
            _ => null,
        };
        if (found is not null) return found;
        if (key is string name) return owner is DictValue ? MethodOrUndefined(owner, name) : Attribute(s, owner, name);
        return new Undefined(key is long or double or bool ? Texts.Of(s, key) : TypeNames.Of(key));
    }

    private static object MethodOrUndefined(object owner, string name) =>
        Method(owner, name) ?? (object)new Undefined(name);

    private static BoundMethod? Method(object owner, string name)
    {
        MethodBody? body = null;
        bool found = owner switch
        {
            string => StringMethods.Table.TryGetValue(name, out body),
            DictValue => DictMethods.Table.TryGetValue(name, out body),
            ListValue => ListMethods.Table.TryGetValue(name, out body),
            TupleValue => name is "index" or "count" && ListMethods.Table.TryGetValue(name, out body),
            double when name == "is_integer" => (body = (_, x, _) => Box.Of(double.IsInteger((double)x))) is not null,
            _ => false,
        };
        return found ? new BoundMethod(owner, name, body!) : null;
    }

    private static int? Index(object key, int count)
    {
        if (!Numbers.TryLong(key, out long index)) return null;
        if (index < 0) index += count;
        return index >= 0 && index < count ? (int)index : null;
    }

    private static string? Character(RenderState s, string text, object key)
    {
        if (!Numbers.TryLong(key, out long _)) return null;
        s.ChargeText(text.Length);
        if (Index(key, CodePoints.Count(text)) is not { } index) return null;
        int unit = CodePoints.UnitOf(text, index);
        return text.Substring(unit, CodePoints.IsPair(text, unit) ? 2 : 1);
    }
}
