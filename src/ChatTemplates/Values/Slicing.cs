namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's slices with steps and negative bounds.</summary>
internal static class Slicing
{
    public static object Take(RenderState s, object owner, object start, object stop, object step)
    {
        if (owner is Undefined undefined) throw undefined.Fault(s);
        if (owner is not (string or ListValue or TupleValue or RangeValue))
            throw s.Error($"'{TypeNames.Of(owner)}' cannot be sliced");
        int length = Iteration.Length(s, owner);
        (long first, long count, long stride) = Bounds(s, length, start, stop, step);
        if (owner is string text) return Text(s, text, length, first, count, stride);
        s.ChargeItems(owner is RangeValue ? 0 : count);
        if (owner is RangeValue range)
            return new RangeValue(range.Start + first * range.Step, range.Start + (first + count * stride) * range.Step, range.Step * stride);
        IReadOnlyList<object> items = owner is ListValue list ? list.Items : ((TupleValue)owner).Items;
        object[] taken = new object[count];
        for (int i = 0; i < taken.Length; i++) taken[i] = items[(int)(first + i * stride)];
        return owner is ListValue ? new ListValue([.. taken]) : new TupleValue(taken);
    }

    private static string Text(RenderState s, string text, int length, long first, long count, long stride)
    {
        s.ChargeText(text.Length);
        if (stride == 1)
        {
            int from = CodePoints.UnitOf(text, (int)first);
            return text[from..CodePoints.UnitOf(text, (int)(first + count))];
        }

        object[]? points = length == text.Length ? null : [.. CodePoints.Split(text)];
        StringBuilder taken = new((int)count);
        for (long i = 0; i < count; i++)
        {
            int at = (int)(first + i * stride);
            if (points is null) taken.Append(text[at]);
            else taken.Append((string)points[at]);
        }

        return taken.ToString();
    }

    private static (long First, long Count, long Stride) Bounds(
        RenderState s, int length, object start, object stop, object step)
    {
        long stride = step is NoneValue ? 1 : Bound(s, step);
        if (stride == 0) throw s.Error("slice step cannot be zero");
        // Beyond the length a stride only takes the first element; the clamp keeps the sums in range.
        stride = Math.Clamp(stride, -int.MaxValue, int.MaxValue);
        long low = stride > 0 ? 0 : -1, high = stride > 0 ? length : length - 1;
        long first = start is NoneValue ? (stride > 0 ? low : high) : Place(Bound(s, start), length, low, high);
        long last = stop is NoneValue ? (stride > 0 ? high : low) : Place(Bound(s, stop), length, low, high);
        long span = stride > 0 ? last - first : first - last;
        long count = span <= 0 ? 0 : (span + Math.Abs(stride) - 1) / Math.Abs(stride);
        return (first, count, stride);
    }

    private static long Place(long index, int length, long low, long high) =>
        Math.Clamp(index < 0 ? index + length : index, low, high);

    private static long Bound(RenderState s, object value) => Numbers.Long(s, value, "a slice bound");
}
