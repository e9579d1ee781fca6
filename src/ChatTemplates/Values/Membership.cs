namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's <c>in</c>.</summary>
internal static class Membership
{
    public static bool Contains(RenderState s, object container, object item)
    {
        switch (container)
        {
            case string text:
                if (item is not string part)
                    throw s.Error($"'in <string>' needs a string on the left, not {TypeNames.Of(item)}");
                s.ChargeText(text.Length);
                return text.Contains(part, StringComparison.Ordinal);
            case DictValue dict:
                KeyComparer.EnsureHashable(s, item);
                return dict.TryGet(item, out _);
            case DictView { Kind: "keys" } view:
                KeyComparer.EnsureHashable(s, item);
                return view.Dict.TryGet(item, out _);
            case RangeValue range when Numbers.TryLong(item, out long number):
                s.Charge(1);
                return range.Count > 0
                    && (range.Step > 0 ? number >= range.Start && number < range.Stop : number <= range.Start && number > range.Stop)
                    && ((Int128)number - range.Start) % range.Step == 0;
        }

        foreach (object element in Iteration.Items(s, container))
        {
            s.Charge(1);
            if (ReferenceEquals(element, item) || Equality.AreEqual(s, element, item)) return true;
        }

        return false;
    }
}
