using System.Reflection;
using System.Reflection.Emit;

namespace Koinon.ArchitectureTests;

/// <summary>
/// Which static initialisers of the house run which others: from each initialiser along every direct call, an arrow to
/// each type whose static fields are touched on the way.
/// </summary>
/// <remarks>
/// It errs on the side of seeing an arrow that no run takes; a call through an interface or a delegate handed in from
/// elsewhere is the one thing it does not follow (delegates made on the way are followed).
/// </remarks>
internal sealed class InitializerGraph
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    private readonly Dictionary<Type, HashSet<Type>> _arrows = [];

    /// <summary>Reads the initialisers of the assemblies.</summary>
    public InitializerGraph(IEnumerable<Assembly> assemblies)
    {
        HashSet<Assembly> house = [.. assemblies];
        foreach (Type type in house.SelectMany(static assembly => assembly.GetTypes()))
        {
            if (type.TypeInitializer is { } initializer)
            {
                _arrows[type] = TouchedFrom(initializer, house);
            }
        }
    }

    /// <summary>The types that have a static initialiser.</summary>
    public int Count => _arrows.Count;

    /// <summary>Every cycle found, written as the way around it.</summary>
    public IEnumerable<string> Cycles()
    {
        HashSet<Type> done = [];
        foreach (Type start in _arrows.Keys)
        {
            foreach (string cycle in CyclesFrom(start, [], done))
            {
                yield return cycle;
            }
        }
    }

    private IEnumerable<string> CyclesFrom(Type at, List<Type> way, HashSet<Type> done)
    {
        int seen = way.IndexOf(at);
        if (seen >= 0)
        {
            yield return string.Join(" -> ", way.Skip(seen).Append(at).Select(static type => type.Name));
            yield break;
        }

        if (done.Contains(at) || !_arrows.TryGetValue(at, out HashSet<Type>? next))
        {
            yield break;
        }

        way.Add(at);
        foreach (Type type in next)
        {
            foreach (string cycle in CyclesFrom(type, way, done))
            {
                yield return cycle;
            }
        }

        way.RemoveAt(way.Count - 1);
        done.Add(at);
    }

    /// <summary>The types, other than its own, whose static fields an initialiser touches itself or by calls.</summary>
    private static HashSet<Type> TouchedFrom(ConstructorInfo initializer, HashSet<Assembly> house)
    {
        HashSet<Type> touched = [];
        HashSet<MethodBase> seen = [initializer];
        Stack<MethodBase> open = new(seen);
        while (open.TryPop(out MethodBase? method))
        {
            foreach (MemberInfo member in MembersNamedBy(method))
            {
                Type? owner = Open(member.DeclaringType);
                if (owner is null || !house.Contains(owner.Assembly))
                {
                    continue;
                }

                if (member is FieldInfo { IsStatic: true, IsLiteral: false } && owner != initializer.DeclaringType)
                {
                    touched.Add(owner);
                }
                else if (member is MethodBase called && seen.Add(called))
                {
                    open.Push(called);
                }
            }
        }

        return touched;
    }

    private static Type? Open(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;

    /// <summary>The fields and methods a method's instructions name.</summary>
    private static IEnumerable<MemberInfo> MembersNamedBy(MethodBase method)
    {
        byte[]? code = method.GetMethodBody()?.GetILAsByteArray();
        if (code is null)
        {
            yield break;
        }

        Type owner = method.DeclaringType!;
        Type[]? typeArguments = owner.IsGenericType ? owner.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            // An operation code of two bytes starts with 0xfe.
            short value = code[at] == 0xfe ? unchecked((short)(0xfe00 | code[at + 1])) : code[at];
            OpCode instruction = OpCodes[value];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
            {
                int token = BitConverter.ToInt32(code, at);
                if (method.Module.ResolveMember(token, typeArguments, methodArguments) is { } member and not Type)
                {
                    yield return member;
                }
            }

            at += OperandSize(instruction, code, at);
        }
    }

    private static int OperandSize(OpCode instruction, byte[] code, int at) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
