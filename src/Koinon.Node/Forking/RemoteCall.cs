using System.Text;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Node.Forking;

/// <summary>A question to a remote node.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Parameters">The array of parameters, as JSON in UTF-8.</param>
public readonly record struct RemoteCall(string Method, ReadOnlyMemory<byte> Parameters)
{
    /// <summary>A question whose parameters are JSON values.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="values">Each a JSON value as it is to be sent.</param>
    public static RemoteCall Of(string method, params ReadOnlySpan<string> values) =>
        new(method, Encoding.UTF8.GetBytes("[" + string.Join(',', values) + "]"));

    /// <summary>A JSON string.</summary>
    internal static string Text(string value) => "\"" + JsonEncodedText.Encode(value) + "\"";

    /// <summary>An address as a JSON string.</summary>
    internal static string Text(in Address value) => $"\"{value}\"";

    /// <summary>A hash as a JSON string.</summary>
    internal static string Text(in Hash256 value) => $"\"{value}\"";

    /// <summary>A number as a JSON string of hex digits.</summary>
    internal static string Quantity(ulong value) => $"\"0x{value:x}\"";
}
