using System.Runtime.CompilerServices;

// Every structure that crosses is blittable; a C bool is a byte.
[assembly: DisableRuntimeMarshalling]
