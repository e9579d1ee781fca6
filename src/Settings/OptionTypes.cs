using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace LocalAI.Pipeline.Settings;

/// <summary>How the configuration binder sees a type.</summary>
internal static class OptionTypes
{
    /// <summary>Bound from one text.</summary>
    public static bool IsScalar(Type type) =>
        type == typeof(byte[]) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <summary>The type of the elements of a list or of the values of a dictionary; null for anything else.</summary>
    public static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        Type? element = null;
        foreach (var candidate in type.GetInterfaces().Append(type).Where(candidate => candidate.IsGenericType))
        {
            var definition = candidate.GetGenericTypeDefinition();
            if (definition == typeof(IDictionary<,>) || definition == typeof(IReadOnlyDictionary<,>))
            {
                return candidate.GetGenericArguments()[1];
            }

            if (definition == typeof(IEnumerable<>))
            {
                element = candidate.GetGenericArguments()[0];
            }
        }

        return element;
    }

    /// <summary>The keys that a section of this type may have.</summary>
    public static IEnumerable<string> KeysOf(Type type) => Properties(type).Select(KeyOf);

    /// <summary>The property behind a key.</summary>
    public static PropertyInfo? PropertyOf(Type type, string key) =>
        Properties(type).FirstOrDefault(property => KeyOf(property).Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The key of a property.</summary>
    public static string KeyOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    /// <summary>What the binder sets, or fills where there is no setter.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Where(property => property.SetMethod is { IsPublic: true } || (property.GetMethod is not null && !IsScalar(property.PropertyType)));
}
