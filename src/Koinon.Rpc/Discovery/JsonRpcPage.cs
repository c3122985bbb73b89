using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Discovery;

/// <summary>Writes the page about JSON-RPC from the method classes: one source for code, discovery and page.</summary>
/// <param name="documentation">What the compiler wrote down of the classes' comments.</param>
public sealed partial class JsonRpcPage(XDocument documentation)
{
    private const string Head =
        """
        # JSON-RPC

        Made from the method classes: a test holds this page to them. `rpc.discover` answers the same as OpenRPC.

        Parameters are positional; those marked `?` may be left out or null. Numbers are taken as hex, as decimal text
        and as JSON numbers, with leading zeros or without. Unknown members of objects are ignored. A block is a number,
        a tag (`latest`, `pending`, `earliest`, `safe`, `finalized`), a hash, or an object of EIP-1898.


        """;

    private readonly Dictionary<string, XElement> _members = documentation.Descendants("member")
        .ToDictionary(static member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    /// <summary>The page in Markdown.</summary>
    /// <param name="methods">The methods; two of one name are one.</param>
    public string Write(IEnumerable<RpcMethod> methods)
    {
        StringBuilder page = new(Head);
        IEnumerable<IGrouping<string, RpcMethod>> namespaces = methods
            .DistinctBy(static method => method.Name)
            .OrderBy(static method => method.Name, StringComparer.Ordinal)
            .GroupBy(static method => method.Namespace)
            .OrderBy(static one => one.Key, StringComparer.Ordinal);
        foreach (IGrouping<string, RpcMethod> group in namespaces)
        {
            page.Append($"## {group.Key}\n\n| method | result | what it does |\n| --- | --- | --- |\n");
            foreach (RpcMethod method in group)
            {
                WriteRow(page, method);
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private void WriteRow(StringBuilder page, RpcMethod method)
    {
        RpcMethodShape shape = method.Describe();
        string[] parameters =
        [
            .. shape.Parameters.Select((one, index) => NameOf(shape, index) + (one.IsRequired ? "" : "?")),
        ];
        page.Append($"| `{method.Name}({string.Join(", ", parameters)})`");
        if (method.Aliases.Count > 0)
        {
            page.Append(" also ").AppendJoin(", ", method.Aliases.Select(static alias => $"`{alias}`"));
        }

        page.Append($" | {ResultOf(shape.Result)} | {SummaryOf(method)} |\n");
    }

    /// <summary>The parameter's name; what it is, where the code names it no better than a value.</summary>
    private static string NameOf(RpcMethodShape shape, int index)
    {
        string name = index < shape.Names.Count ? shape.Names[index] : $"argument{index}";
        Type type = shape.Parameters[index].Type;
        return name != "value" ? name : type switch
        {
            _ when type == typeof(Address) => "address",
            _ when type == typeof(Hash256) => "hash",
            _ when type == typeof(BlockReference) => "block",
            _ when type == typeof(ReadOnlyMemory<byte>) => "data",
            _ when type == typeof(bool) => "flag",
            _ when type == typeof(ulong) || type == typeof(UInt256) => "number",
            _ => name,
        };
    }

    private static string ResultOf(Type? type)
    {
        if (type is null)
        {
            return "streamed";
        }

        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            _ when bare == typeof(Quantity) => "quantity",
            _ when bare == typeof(HexData) => "bytes",
            _ when bare == typeof(Hash256) => "hash",
            _ when bare == typeof(Address) => "address",
            _ when bare == typeof(RawJson) || bare.IsAssignableTo(typeof(JsonNode)) => "JSON",
            _ when bare == typeof(ulong) || bare == typeof(int) || bare == typeof(double) => "number",
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(string) => "text",
            _ when bare.IsGenericType => "list of " + ResultOf(bare.GetGenericArguments()[^1]),
            _ when bare.IsArray => "list of " + ResultOf(bare.GetElementType()),
            _ when bare.Name.EndsWith("Json", StringComparison.Ordinal) => Words(bare.Name[..^4]),
            _ => Words(bare.Name),
        };
    }

    private static string Words(string name) =>
        Capital().Replace(name, static match => " " + match.Value.ToLowerInvariant()).Trim();

    /// <summary>The class's own sentence, without the method's name at its start.</summary>
    private string SummaryOf(RpcMethod method)
    {
        string id = "T:" + method.Documented.FullName!.Replace('+', '.');
        if (!_members.TryGetValue(id, out XElement? member) || member.Element("summary") is not { } summary)
        {
            return "";
        }

        string text = Space().Replace(TextOf(summary), " ").Trim();
        string start = $"`{method.Name}`: ";
        text = text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : text;
        return text.Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string TextOf(XElement element) => string.Concat(element.Nodes().Select(static node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see =>
            (string?)see.Attribute("langword") ?? ((string?)see.Attribute("cref"))?.Split('.')[^1] ?? "",
        XElement { Name.LocalName: "paramref" } parameter => (string?)parameter.Attribute("name") ?? "",
        XElement other => TextOf(other),
        _ => "",
    }));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
