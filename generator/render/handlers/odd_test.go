package handlers_test

// An odd document and what its project is put to.
type odd struct {
	name, sketch string
	// walked says that the project's own tests of its handlers are run too.
	walked bool
}

// oddData are documents with odd schemas, answers and queries.
var oddData = []odd{
	{"empty-objects", `
		GET /blobs -> 200 [Empty]
		POST /blobs Empty -> 201 Empty
		GET /blobs/{id} -> 200 Empty
		PUT /blobs/{id} Empty -> 200 Empty
		DELETE /blobs/{id} -> 200 Empty
		GET /config -> 200 Empty
		PUT /config Empty -> 200 Empty
		PATCH /config Empty -> 200 Empty
		GET /pings -> 200 [Ping]
		POST /pings {} -> 201 Ping
		GET /pings/{id:int} -> 200 Ping
		POST /pings/{id:int} {} -> 200 Ping
		Empty = {}
		Ping = {id:int, at:time, empty:Empty, none?:Empty|null}
	`, true},
	{"scalars", `
		GET /flags/{name} -> 200 bool
		PUT /flags/{name} bool -> 200 bool
		DELETE /flags/{name} -> 204
		GET /words/{word} -> 200 string
		PUT /words/{word} string -> 200 string
		GET /levels/{id} -> 200 LevelName
		PUT /levels/{id} LevelName -> 204
		GET /moments/{id} -> 200 time
		PUT /moments/{id} time -> 200 time
		GET /numbers/{id} -> 200 {data:number}
		PUT /numbers/{id} number -> 200 number
		GET /counter -> 200 int
		PUT /counter int -> 200 int
		GET /lists/{id} -> 200 [string]
		PUT /lists/{id} [string] -> 200 [string]
		LevelName = enum(low,high)
	`, true},
	{"maps-and-any", `
		GET /labels/{id} -> 200 map(string)
		PUT /labels/{id} map(string) -> 200 map(string)
		PATCH /labels/{id} map(string) -> 200 map(string)
		GET /docs -> 200 [Doc]
		POST /docs Doc -> 201 Doc
		GET /docs/{id} -> 200 Doc
		PUT /docs/{id} Doc -> 200 Doc / 201 Doc
		GET /raw/{id} -> 200 any
		PUT /raw/{id} any -> 200 any
		GET /trees/{id} -> 200 Tree
		PUT /trees/{id} Tree -> 200 Tree
		PATCH /trees/{id} Tree -> 200 Tree
		GET /open -> 200 [Open]
		POST /open Open -> 201 Open
		GET /open/{id} -> 200 Open
		PUT /open/{id} Open -> 200 Open
		GET /mixed -> 200 [MixedLine]
		POST /mixed Loose -> 201 MixedLine
		GET /mixed/{id:int} -> 200 Mixed
		PUT /mixed/{id:int} Mixed -> 200 Mixed / 201 Mixed
		PATCH /mixed/{id:int} application/merge-patch+json MixedPatch -> 200 MixedLine
		GET /additional -> 200 [Additional]
		POST /additional {additional:Additional} -> 201 Additional
		GET /additional/{id} -> 200 Additional
		PATCH /additional/{id} Additional -> 200 Additional
		Doc = any
		Tree = map(map(number))
		Open = <{"type":"object","required":["id"],"properties":{"id":{"type":"string","readOnly":true},"name":{"type":"string"}},"additionalProperties":{"type":"integer"}}>
		Mixed = <{"type":"object","required":["id","add"],"properties":{"id":{"type":"integer","readOnly":true},"add":{"type":"string"}},"additionalProperties":{"type":"array","items":{"type":"string","nullable":true}}}>
		MixedPatch = <{"type":"object","properties":{"add":{"type":"string"}},"additionalProperties":{"type":"array","nullable":true,"items":{"type":"string","nullable":true}}}>
		MixedLine = <{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}},"additionalProperties":{"type":"array","items":{"type":"string","nullable":true}}}>
		Loose = <{"type":"object","required":["add"],"properties":{"add":{"type":"string"}},"additionalProperties":true}>
		Additional = <{"type":"object","required":["id"],"properties":{"id":{"type":"string","readOnly":true},"a,b":{"type":"string"},"pin":{"type":"string","writeOnly":true}},"additionalProperties":{"$ref":"#/components/schemas/Size"}}>
		Size = {unit:enum(cm,mm), width?:int}
	`, true},
	{"unions", `
		GET /shapes -> 200 [Shape]
		POST /shapes Shape -> 201 Shape
		GET /shapes/{id} -> 200 Shape
		PUT /shapes/{id} Shape -> 200 Shape
		PATCH /shapes/{id} Shape -> 200 Shape
		GET /loose -> 200 {data:[Loose]}
		POST /loose LooseBody -> 201 Loose
		GET /loose/{id:int} -> 200 Loose
		DELETE /loose/{id:int} -> 200 Loose
		GET /holders -> 200 [Holder]
		POST /holders HolderBody -> 201 Holder
		GET /holders/{id:int} -> 200 Holder
		PATCH /holders/{id:int} HolderBody -> 200 Holder
		Circle = {kind:enum(circle,disc), radius:number}
		Square = {kind:enum(square,rect), side:number}
		Shape = <{"oneOf":[{"$ref":"#/components/schemas/Circle"},{"$ref":"#/components/schemas/Square"}],"discriminator":{"propertyName":"kind","mapping":{"circle":"#/components/schemas/Circle","square":"#/components/schemas/Square"}}}>
		Loose = anyOf(Circle,Square)
		LooseBody = oneOf(Circle,Square)
		Holder = {id!:int, shape:Shape, other?:oneOf(string,int), third:oneOf(Circle,string), nulled:Loose|null}
		HolderBody = {shape:Shape, other?:oneOf(string,int), third?:oneOf(Circle,string), nulled?:Loose|null}
	`, true},
	{"unions of which the server sets a part", `
		GET /boats?kind?,sort?:enum(kind,length) -> 200 {data:{items:[Boat]},total:int}
		POST /boats Boat -> 201 Boat
		GET /boats/{id:int} -> 200 Boat
		PUT /boats/{id:int} Boat -> 200 Boat
		PATCH /boats/{id:int} application/merge-patch+json Boat -> 200 Boat
		DELETE /boats/{id:int} -> 200 Boat
		GET /boats/{boatId:int}/trips -> 200 [Trip]
		POST /boats/{boatId:int}/trips Trip -> 201 Trip
		GET /boats/{boatId:int}/trips/{id} -> 200 Trip
		PATCH /boats/{boatId:int}/trips/{id} {note?:string|null,to?:int64} -> 200 Trip
		GET /keys -> 200 [Line]
		POST /keys {data:Key} -> 201 {data:Key}
		GET /keys/{slug} -> 200 Key
		PUT /keys/{slug} {data:Key} -> 200 {data:Key} / 201 {data:Key}
		PATCH /keys/{slug} Key -> 200 Key
		Sail = {id!:int64, kind:enum(sail), length:int, mast:number, createdAt!:int64, updatedAt!?:time, url!:uri}
		Motor = {id!:int64, kind:enum(motor), length:int, power?:int=5, createdAt!:int64, updatedAt!?:time, url!:uri, hours!?:int}
		Boat = <{"oneOf":[{"$ref":"#/components/schemas/Sail"},{"$ref":"#/components/schemas/Motor"}],"discriminator":{"propertyName":"kind","mapping":{"sail":"#/components/schemas/Sail","motor":"#/components/schemas/Motor"}}}>
		Tour = {id!, boatId!:int, to:int64, note?:string|null, stops:[string], seen!:time|null}
		Ferry = {id!, boatId!:int, to:int64, note?:string|null, cars:int, seen!:time|null}
		Trip = anyOf(Tour,Ferry)
		House = {slug, created!:time, doors:int, state!:enum(new,old)}
		Car = {slug, created!:time, wheels:int, state!:enum(new,old), plate~}
		Key = <{"type":"object","oneOf":[{"$ref":"#/components/schemas/House"},{"$ref":"#/components/schemas/Car"}]}>
		Line = {slug, created:time}
	`, true},
	{"puts", `
		GET /a/{id} -> 200 A
		PUT /a/{id} A -> 201 A / 200 A
		GET /b/{id} -> 200 B
		PUT /b/{id} B -> 201 B / 204
		GET /c/{id} -> 200 C
		PUT /c/{id} C -> 201
		GET /d/{id} -> 200 D
		PUT /d/{id} D -> 204
		DELETE /d/{id} -> 200 D
		GET /e/{id:int} -> 200 E
		PUT /e E -> 200 E
		POST /e E -> 201 E
		GET /f/{name} -> 200 F
		PUT /f F -> 200 {}
		GET /g/{id} -> 200 G
		POST /g/{id} G -> 200 G
		PUT /g/{id} G -> 200 {ok:bool,data:G} / 201 {data?:G}
		GET /settings -> 200 Settings
		PUT /settings Settings -> 200 Settings
		PATCH /settings Settings -> 200 Settings
		DELETE /settings -> 204
		A = {id, title?:string, created_at!:time, updated_at?:time}
		B = {id?:string, title, createdAt?:time|null, updatedAt:time|null}
		C = {title, createdAt!:int64, updatedAt!:int}
		D = {title, tags:[string], url!:uri}
		E = {id:int, title}
		F = {name, title?:string}
		G = {id!:string, title}
		Settings = {theme:enum(light,dark)="light", size:int, updatedAt!:time}
	`, true},
	{"memberships", `
		GET /stars/{id} -> 204 / 404
		PUT /stars/{id} -> 204
		DELETE /stars/{id} -> 204
		GET /gists -> 200 [Gist]
		POST /gists GistBody -> 201 Gist
		GET /gists/{gist:int} -> 200 Gist
		PUT /gists/{gist:int}/fans/{user:uuid} -> 204
		DELETE /gists/{gist:int}/fans/{user:uuid} -> 200
		GET /gists/{gist:int}/fans/{user:uuid} -> 204
		PUT /gists/{gist:int}/pin -> 204
		DELETE /gists/{gist:int}/pin -> 204
		Gist = {id:int, text}
		GistBody = {text}
	`, true},
	{"secrets", `
		POST /login {email,password} -> 200 {token} @
		DELETE /login -> 204
		GET /users -> 200 [User]
		POST /users UserBody -> 201 User
		GET /users/{id:int} -> 200 User
		PUT /users/{id:int} UserBody -> 200 User
		PATCH /users/{id:int} UserPatch -> 200 User
		GET /hooks -> 200 [Hook]
		POST /hooks HookBody -> 201 Hook
		GET /hooks/{id} -> 200 Hook
		PATCH /hooks/{id} HookPatch -> 200 Hook
		PUT /hooks/{id} HookBody -> 200 Hook
		User = {id:int, email:email, name?:string}
		UserBody = {email:email, password~:string, pin?~:string, name?:string}
		UserPatch = {email?:email, password?~:string, pin?~:string|null, name?:string|null}
		Hook = {id!:string, url:uri, password?~:string, token?~:Token|null, code?~:enum(a,b), number?~:int}
		HookBody = {url:uri, secret~:string, password?~:string, token?~:Token|null, code?~:enum(a,b), data?~:string, number?~:int}
		HookPatch = {url?:uri, secret?~:string, token?~:Token, code?~:enum(a,b)|null}
		Token = string
	`, true},
	{"lists", `
		GET /items?name,color?:Color,colors?:[Color],price:number,min_price:number,price_max?:int,created_after?:time,created_before?:time,day_from?:date,active:bool,tag?,tags?:[string],owner_id?:uuid,size:int32,q?,near?,page:int32=1,per_page:int64=30,sort:enum(name,-name,price)="name",order:enum(asc,desc)="asc" -> 200 {data:[Item],total?:int64,page:int32,per_page?:int,hasMore:bool|null,kind:enum(list),extra:string|null,links:map(string)}
		POST /items Item -> 201 Item
		GET /items/{id:int} -> 200 Item
		GET /cursors?after?:string,first:int,orderBy?,direction? -> 200 {result:{entries?:[Cursor]|null,nextCursor:string|null},meta:{}}
		POST /cursors Cursor -> 201 Cursor
		GET /cursors/{id} -> 200 Cursor
		GET /bare?cursor?:string,limit?:int=5 -> 200 [Bare] +X-Total-Count:int
		POST /bare Bare -> 201 Bare
		GET /bare/{id} -> 200 Bare
		GET /paged?page?:int=0,size?:int=2 -> 200 {content:[BareSummary],totalElements:number,page?:int}
		POST /paged Bare -> 201 Bare
		GET /paged/{id} -> 200 Paged
		GET /everything?must!:string -> 200 [Item]
		GET /items/search?q?,name? -> 200 [Item]
		GET /recent?limit?:int -> 200 {items:[Item]|null,count?:int}
		Color = enum(red,green)
		Item = {id!:int, name, color?:Color, colors:[Color], price:number, createdAt!:time, day?:date, active:bool=true, tags:[string], ownerId?:uuid, size?:int32|null}
		Cursor = {id!:string, name, at?:time, n:int|null}
		Bare = {id!:string, name}
		BareSummary = {id:string}
		Paged = {id!:string, name, again?:string}
	`, true},
	{"projections", `
		GET /tickets -> 200 [TicketSummary]
		POST /tickets TicketBody -> 201 {id:int}
		GET /tickets/{id:int} -> 200 Ticket
		PUT /tickets/{id:int} TicketBody -> 200 {success:bool,message:string}
		PATCH /tickets/{id:int} TicketBody -> 200 {data?:TicketSummary}
		DELETE /tickets/{id:int} -> 200 {deleted:bool,id:int}
		GET /articles -> 200 {articles:[Article],articlesCount:int}
		POST /articles {article:ArticleBody} -> 201 {article:Article}
		GET /articles/{slug} -> 200 {article:Article}
		PUT /articles/{slug} {article:ArticleBody} -> 200 {article?:Article|null,meta:{a:int}}
		GET /keyless -> 200 [{id:int,title}]
		POST /keyless {title} -> 201 {id:int,title,self:uri}
		GET /keyless/{keylessId:int} -> 200 {title,note?:string|null}
		Ticket = {id:int, title, state:enum(open,done), author:{name}, due:date|null, url:uri, html_url:uri, number:int, labels:[string], created_at:time}
		TicketSummary = {id:int64, title, state:enum(open,done), due?:date, labels?:[string]|null, author?:{name?:string}, priority:int, created_at?:time, kind:enum(ticket)}
		TicketBody = {title, due?:date|null, labels?:[string]}
		Article = {slug!:string, title, body?:string, createdAt:time, updatedAt:time, author:any}
		ArticleBody = {title?:string, body?:string|null}
	`, true},
	{"clocks", `
		GET /clocks -> 200 [Clock]
		POST /clocks {title?:string} -> 201 Clock
		GET /clocks/{id:int} -> 200 Clock
		PATCH /clocks/{id:int} {title?:string,modified?:time} -> 200 Clock
		PUT /dials/{id} {title?:string} -> 200 Dial
		GET /dials/{id} -> 200 Dial
		Moment = time
		Epoch = <{"type":"integer","format":"int64"}>
		Clock = {id:int, title?:string, created:Moment, createdAt:int, created_on?:int64|null, creationTime?:time, dateCreated:number, updated:time|null, updatedAt?:Moment, updated_time?:Epoch, modified:Moment, last_modified?:number|null}
		Dial = {id, title?:string, created:Moment, createdAt:int, created_on?:int64|null, creationTime?:time, dateCreated:number, created_time?:Moment|null, updated:time|null, updatedAt?:Moment, updated_time?:Epoch, last_modified?:number|null}
	`, true},
	{"defaults", `
		GET /d -> 200 [D]
		POST /d DBody -> 201 D
		GET /d/{id:int} -> 200 D
		PUT /d/{id:int} DBody -> 200 D
		PATCH /d/{id:int} DBody -> 200 D
		Kind = enum(a,b)
		Code = <{"type":"integer","enum":[1,2]}>
		D = {id!:int, a:string="x", b?:string="x", c:string|null="x", d:int64=7, e?:int32|null=7, f:number=1, g?:number=1.25, h:bool=true, i?:bool|null=false, j:Kind="b", k?:Kind="b", l:Kind|null="b", m:[string]=["a"], n?:[Kind]=[], o:map(int)={"a":1}, p:time="2020-01-02T03:04:05Z", q?:date="2020-01-02", r:uuid="0191e0c4-5f0a-7000-8000-000000000001", s:{x?:int}={"x":1}, t:any={"y":[1]}, u:byte="YQ==", v:Code=2, w:enum(only), x?:time|null="2020-01-02T03:04:05Z", y:string|null=null}
		DBody = {a?:string="x", b?:string="x", c?:string|null="x", d?:int64=7, e?:int32|null=7, f?:number=1, g?:number=1.25, h?:bool=true, i?:bool|null=false, j?:Kind="b", k?:Kind="b", l?:Kind|null="b", m?:[string]=["a"], n?:[Kind]=[], o?:map(int)={"a":1}, p?:time="2020-01-02T03:04:05Z", q?:date="2020-01-02", r?:uuid="0191e0c4-5f0a-7000-8000-000000000001", s?:{x?:int}={"x":1}, t:any={"y":[1]}, u?:byte="YQ==", v?:Code=2, w?:enum(only), x?:time|null="2020-01-02T03:04:05Z", y?:string|null=null}
	`, true},
	{"defaults that only one of two schemas has", `
		GET /d?state?:enum(open,shut) -> 200 [D]
		POST /d DBody -> 201 D
		GET /d/{id:int} -> 200 D
		PUT /d/{id:int} DBody -> 200 D
		Kind = enum(a,b)
		D = {id!:int, a?:enum(open,shut)|null="open", b:Kind|null="b", c?:[Kind]=["a"], d?:map(int), e?:{x?:int}|null, f?:[string]|null=["x"], g?:Kind|null}
		DBody = {a?:enum(open,shut)|null, b?:enum(a,b), c?:[enum(a,b)], d?:map(int)={"a":1}, e?:{x?:int}|null={"x":1}, f?:[string]|null, g?:enum(a,b)|null="a"}
	`, true},
	{"defaults that their schemas refuse", `
		GET /d?limit?:int="many",page?:int=0.5,sort?:enum(a)="b",a?:int="x" -> 200 [D]
		POST /d D -> 201 D
		GET /d/{id:int} -> 200 D
		D = {id!:int, a?:int="x", b:enum(a,b)="c", c:bool="true", d:time="now"}
	`, true},
	{"differing-types", `
		GET /x -> 200 [X]
		POST /x XBody -> 201 X
		GET /x/{id:int} -> 200 X
		PUT /x/{id:int} XBody -> 200 X
		PATCH /x/{id:int} XPatch -> 200 X
		X = {id!:int, a:int64, b?:int32, c:number, d:string, e:time, f?:date, g:uuid, h:[string], i:{n:int}, j?:{n:int}, k:{n:int}|null, l:Kind, m?:Kind, n:Kind|null, o:map(string), p:bool, q:[{n:int}], r?:X, s:[Kind]}
		XBody = {a?:int, b:number, c?:int|null, d?:Kind, e:string, f?:string|null, g?:string, h?:[Kind], i?:{n?:int}, j:{n?:int}|null, k?:{n:int}, l:string, m?:string, n?:enum(a,b), o?:map(int), p?:string, q?:[{n?:int}]|null, r?:{id:int}|null, s?:[string]}
		XPatch = {a?:number|null, b?:int, c?:number, d?:Kind|null, e?:time|null, f?:date|null, g?:uuid|null, h?:[string]|null, i?:{n?:int}|null, j?:{n?:int}, k?:{n?:int}|null, l?:Kind|null, m?:Kind|null, n?:Kind, o?:map(string)|null, p?:bool|null, q?:[{n?:int}], r?:X|null, s?:[Kind]|null}
		Kind = enum(a,b)
	`, false},
	{"merge-patches", `
		GET /x -> 200 [X]
		POST /x X -> 201 X
		GET /x/{id:int} -> 200 X
		PATCH /x/{id:int} application/merge-patch+json XPatch -> 200 X
		GET /y -> 200 [Y]
		POST /y Y -> 201 Y
		GET /y/{id:int} -> 200 Y
		PATCH /y/{id:int} Y & application/merge-patch+json Y -> 200 Y
		GET /trees/{id} -> 200 Tree
		PUT /trees/{id} Tree -> 200 Tree
		PATCH /trees/{id} application/merge-patch+json Tree -> 200 Tree
		GET /docs/{id} -> 200 Doc
		PUT /docs/{id} Doc -> 200 Doc
		PATCH /docs/{id} application/merge-patch+json Doc -> 200 Doc
		GET /settings -> 200 Settings
		PATCH /settings application/merge-patch+json Settings -> 200 Settings
		X = {id!:int, a?:map(string), b:map(string), c:{n:int}, d?:Gap, e:Gap, f?:Gap|null, g?:any, h?:map(any), i?:Doc, j?:map(string)|null, k:map(string)}
		XPatch = {a?:map(int)|null, b?:map(string)|null, c?:{n?:int}|null, d?:{n?:int}, e?:{n?:int}|null, f?:Gap|null, g?:any, h?:map(any)|null, i?:Doc, j?:map(string)|null, k:map(string)}
		Y = {id!:int, a?:map(map(string)), b:Gap, c?:{n?:int, m?:{l?:int}}}
		Gap = {kind:enum(a,b), n?:int, tags:[string]}
		Tree = map(map(number))
		Doc = any
		Settings = {labels?:map(string), size:{n?:int}}
	`, true},
	{"statuses", `
		GET /s -> 2XX [S]
		POST /s S -> default S
		GET /s/{id:int} -> default S
		PUT /s/{id:int} S -> 2XX S
		PATCH /s/{id:int} S -> 203 S
		DELETE /s/{id:int} -> 2XX
		POST /t T -> 200 T / 201 T / default {code:int}
		GET /t/{id} -> 200 T / 404
		DELETE /t/{id} -> 202 / 204
		POST /u U -> 201
		GET /u/{id} -> 200 U
		DELETE /u/{id} -> 202
		S = {id!:int, title}
		T = {id!:string, title}
		U = {id!:string, title}
	`, true},
	{"refused", `
		GET /r?at?:time,any?:any,list?:[int],obj?:{a?:int},n:int,must!:string -> 200 [R]
		POST /r?dry_run?:bool R -> 201 R
		GET /r/{id}?expand?:[string],fields?,at?:time,map?:map(string) -> 200 R
		PUT /r/{id}?force?:bool=false R -> 200 R
		PATCH /r/{id}?mode?:enum(a,b)="a" R -> 200 R
		DELETE /r/{id}?why!:string -> 204
		R = {id!:string, title}
	`, true},
}
