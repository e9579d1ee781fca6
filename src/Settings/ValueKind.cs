namespace LocalAI.Pipeline.Settings;

/// <summary>What a value must be, in words for the person who set it.</summary>
internal static class ValueKind
{
    public static string Of(Type type)
    {
        if (type.IsEnum)
        {
            return "one of " + string.Join(", ", Enum.GetNames(type));
        }

        if (type == typeof(TimeSpan))
        {
            return "a duration as [days.]hours:minutes:seconds, for example 00:00:30";
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "true or false",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number with a point, for example 0.5",
            TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => "a whole number",
            TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => "a whole number, not negative",
            TypeCode.String => "a text",
            _ when type == typeof(Uri) => "a URL",
            _ when type == typeof(byte[]) => "bytes in base64",
            _ => $"a {type.Name}",
        };
    }
}
